"""Notices for the tests of the command line: one with a fault, one without, one that a person must decide on."""

from __future__ import annotations

FAULTY = """青榆县人民政府关于加强夜市摊点管理的通知

青榆政规〔2026〕9号

各乡镇人民政府：
　　为规范夜市秩序，现将有关事项通知如下。
　　一、摊主在开放时段以外经营的，由县城市管理局处二百元以上一千元以下罚款。
　　二、各部门应当做好服务，方便群众。

青榆县人民政府
2026年9月18日
"""
QUIET = FAULTY.replace("由县城市管理局处二百元以上一千元以下罚款", "由县城市管理局劝导其按时收摊")
# Doubtful at most: a filing that may work as a permit.
DOUBTFUL = FAULTY.replace(
    "摊主在开放时段以外经营的，由县城市管理局处二百元以上一千元以下罚款",
    "在夜市内举办演出的，主办方应当提前五个工作日到县城市管理局备案，备案后方可举办",
)
