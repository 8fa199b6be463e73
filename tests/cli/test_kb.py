"""`draft-assist kb`: a user builds a corpus, brings files, searches, checks and removes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from draft_assist.cli.kb import _COMMANDS

LAW = """# 青榆省渡口管理条例

2020年3月1日 青榆省人民代表大会常务委员会第九次会议通过

<!-- INFO END -->

## 第一章 总则

第一条 为了加强渡口安全管理，制定本条例。

第二条 渡船应当每年向船舶检验机构申请检验，经检验合格方可载客。

## 第二章 附则

第三条 本条例自2020年5月1日起施行。
"""
NOTICE = """白杨县人民政府关于渡船安全的通知

白杨政发〔2024〕2号

各乡镇人民政府：
　　一、渡船船员上岗前应当接受水上救生训练，训练记录由渡口经营人保存两年。
　　二、各乡镇应当组织渡口安全检查，并建立台账。

白杨县人民政府
2024年2月1日
"""


LAPSING = """# 青榆县渡船补贴办法

（2023年6月1日青榆县人民政府印发，自2023年7月1日起施行）

第一条 渡船更新的，给予补贴。

第二条 本办法自2023年7月1日起施行，有效期五年。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the data package and the cards; tests that change it work on a copy."""
    from draft_assist.cli.main import main

    home = tmp_path_factory.mktemp("kb")
    assert main(["kb", "build", "--home", str(home)]) == 0
    return home


@pytest.fixture
def home(built, tmp_path) -> Path:
    """A copy of the built corpus."""
    import shutil

    return Path(shutil.copytree(built, tmp_path / "home"))


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of a user's files: a law, a notice, a broken file, a picture."""
    place = tmp_path / "资料"
    (place / "地方性法规").mkdir(parents=True)
    (place / "地方性法规" / "青榆省渡口管理条例(2020-03-01).md").write_text(LAW, "utf-8")
    (place / "通知.txt").write_text(NOTICE, "utf-8")
    (place / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (place / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return place


# --- filling ---------------------------------------------------------------------------------------------------------


def test_building_again_changes_nothing(run, home) -> None:
    ran = run("kb", "build", "--home", home)
    assert ran.code == 0
    assert "没有变化" in ran.out and "已是最新" in ran.out


def test_a_folder_is_imported_and_its_bad_file_is_listed(run, home, folder) -> None:
    ran = run("kb", "import", folder, "--home", home)
    assert ran.code == 1
    assert "新导入2件" in ran.out and "读不出来1件" in ran.out
    assert "坏.docx" in ran.err and "照片" not in ran.err
    again = run("kb", "import", folder, "--home", home)
    assert "新导入0件" in again.out and "跳过2件" in again.out


def test_an_import_as_json_names_the_problems(run, home, folder) -> None:
    result = json.loads(run("kb", "import", folder, "--home", home, "--json").out)["result"]
    assert result["new"] == 2
    assert [Path(path).name for path, _ in result["problems"]] == ["坏.docx"]


def test_what_was_imported_is_found_cited_and_shown(run, home, folder) -> None:
    run("kb", "import", folder, "--home", home)
    shown = run("kb", "show", "青榆省渡口管理条例", "2", "--home", home)
    assert shown.code == 0 and "船舶检验机构" in shown.out and "通过" not in shown.out
    assert "青榆省渡口管理条例(2020-03-01).md" in shown.err
    found = run("kb", "search", "渡船每年检验合格才能载客", "--home", home, "--limit", "1")
    assert found.code == 0 and "青榆省渡口管理条例" in found.out
    cited = run("cite", "依照《青榆省渡口管理条例》第九条处理。", "--home", home)
    assert cited.code == 1 and "没有第九条" in cited.out
    law = run("law", "show", "青榆省渡口管理条例第二条", "--home", home)
    assert law.code == 0 and "船舶检验机构" in law.out


def test_a_document_that_sets_its_own_end_is_valid_until_then(run, home, tmp_path) -> None:
    path = tmp_path / "办法.md"
    path.write_text(LAPSING, "utf-8")
    assert run("kb", "import", path, "--home", home).code == 0
    then = run("kb", "search", "青榆县渡船补贴办法第一条", "--as-of", "2028-06-30", "--home", home)
    assert then.code == 0 and "2023-06-01文本，有效期至2028-06-30，有效" in then.out
    later = run("kb", "search", "青榆县渡船补贴办法第一条", "--as-of", "2028-07-01", "--home", home)
    assert later.code == 1 and "有效期至2028-06-30" in later.err and "补贴" not in later.out
    cited = run("cite", "依照《青榆县渡船补贴办法》第一条办理。", "--as-of", "2028-07-01", "--home", home)
    assert "已经届满" in cited.out


def test_removing_a_file_takes_its_text_out_and_leaves_the_file(run, home, folder) -> None:
    run("kb", "import", folder, "--home", home)
    ran = run("kb", "remove", "青榆省渡口管理条例", "--home", home)
    assert ran.code == 0 and "已移除" in ran.out
    assert run("kb", "show", "青榆省渡口管理条例第二条", "--home", home).code != 0
    assert (folder / "地方性法规" / "青榆省渡口管理条例(2020-03-01).md").is_file()
    assert run("kb", "remove", "青榆省渡口管理条例", "--home", home).code == 1


def test_removing_a_folder_takes_all_below_it(run, home, folder) -> None:
    run("kb", "import", folder, "--home", home)
    assert len(run("kb", "remove", folder, "--home", home).out.splitlines()) == 3  # the one with a problem is noted too


def test_building_afresh_imports_the_files_again(run, home, folder) -> None:
    run("kb", "import", folder, "--home", home)
    ran = run("kb", "build", "--fresh", "--home", home)
    assert ran.code == 0 and "新导入2件" in ran.out
    assert run("kb", "show", "青榆省渡口管理条例第二条", "--home", home).code == 0
    assert (home / "corpus.sqlite.old-1").is_file()


def test_a_damaged_corpus_is_mended_by_building_afresh(run, home) -> None:
    (home / "corpus.sqlite").write_bytes(b"garbage" * 1000)
    broken = run("kb", "search", "罚款", "--home", home)
    assert broken.code == 2 and "kb build --fresh" in broken.errors[0]
    mended = run("kb", "build", "--fresh", "--home", home)
    assert mended.code == 0 and "读不出导入过哪些文件" in mended.err and "kb import" in mended.err
    assert run("kb", "search", "行政处罚法第十六条", "--home", home).code == 0


def test_a_damaged_index_is_told_with_what_mends_it(run, home) -> None:
    (arrays,) = (home / "index").glob("*/arrays.npz")
    arrays.write_bytes(arrays.read_bytes()[:5000])
    broken = run("kb", "search", "罚款", "--home", home)
    assert broken.code == 2 and "kb build，只重做索引" in broken.errors[0]
    assert "索引" in run("kb", "verify", "--home", home).out


# --- searching -------------------------------------------------------------------------------------------------------


def test_a_search_without_a_corpus_says_how_to_build_one(run, tmp_path) -> None:
    ran = run("kb", "search", "罚款", "--home", tmp_path / "none")
    assert ran.code == 2
    assert "draft-assist kb build" in ran.errors[0]


def test_a_search_as_json_holds_whole_articles(run, built) -> None:
    whole = json.loads(run("kb", "search", "行政处罚法第十六条", "--home", built, "--json").out)
    assert whole["schema"] == "draft-assist/found/1"
    (hit,) = whole["result"]["hits"]
    assert (hit["article"], hit["exact"], hit["standing"]) == ("第十六条", True, "in_force")
    assert hit["text"].endswith("。")


def test_a_search_that_finds_no_basis_ends_with_1_and_says_what_lacks(run, built) -> None:
    ran = run("kb", "search", "红烧肉要先焯水再小火慢炖，出锅前收汁", "--home", built)
    assert ran.code == 1
    assert "不表示没有依据" in ran.err and "kb import" in ran.err


def test_an_unknown_level_names_the_known_ones(run, built) -> None:
    ran = run("kb", "search", "罚款", "--level", "village", "--home", built)
    assert ran.code == 2 and "administrative_regulation" in ran.errors[0]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--level", "行政法规"),
        ("--level", "administrative_regulation"),
        ("--kind", "规范性文件"),
        ("--kind", "要求卡片"),
    ],
)
def test_levels_and_kinds_may_be_written_by_their_chinese_names(run, built, option, value) -> None:
    assert run("kb", "search", "罚款", option, value, "--home", built).code != 2


def test_a_name_that_several_kinds_have_is_refused_with_all_of_them(run, built) -> None:
    (error,) = run("kb", "search", "罚款", "--kind", "法律", "--home", built).errors
    assert "不止一个" in error and "法律解释（interpretation）" in error


@pytest.mark.parametrize("day", ["2026年1月5日", "2026/1/5", "2026.1.5", "2026-1-5", "二〇二六年一月五日"])
def test_a_day_may_be_written_as_in_documents(run, built, day) -> None:
    ran = run("kb", "search", "行政处罚法第十六条", "--as-of", day, "--home", built, "--json")
    assert json.loads(ran.out)["result"]["as_of"] == "2026-01-05"


def test_a_day_that_does_not_exist_is_refused(run, built) -> None:
    assert "不是日期" in run("kb", "search", "罚款", "--as-of", "2026年2月30日", "--home", built).errors[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kb", "search", "罚款", "--limit", "0"), "不小于1、不大于200的整数"),
        (("kb", "search", "罚款", "--limit", "几条"), "不小于1、不大于200的整数"),
        (("kb", "embed", "--limit", "-5"), "不小于1的整数"),
        (("kb", "stats", "--home", __file__), "应写文件夹"),
        (("kb", "stats", "多余"), "多出了参数：多余"),
        (("kb", "stats", "--json=1"), "后面不能写值"),
    ],
)
def test_wrong_values_are_told_in_chinese(run, arguments, words) -> None:
    ran = run(*arguments)
    assert ran.code == 2 and words in ran.errors[0]
    assert "not" not in ran.errors[0] and "Got" not in ran.errors[0]


def test_a_place_that_the_corpus_does_not_know_is_said(run, built, faulty) -> None:
    for arguments in (("search", "罚款由谁设定"), ("basis", "不得设定罚款的文件一律纠正。"), ("similar", faulty)):
        assert "没有“火星省”的文本" in run("kb", *arguments, "--place", "火星省", "--home", built).err
    assert "没有“火星省”的要求" in run("kb", "cards", "--place", "火星省").err


def test_without_the_data_package_laws_are_not_said_to_lack_articles(run, built, monkeypatch) -> None:
    monkeypatch.setattr("draft_assist.law.store.installed_package", lambda: None)
    ran = run("kb", "show", "民法典第三条", "--home", built)
    assert ran.code == 1 and "没有第三条" not in ran.err and "法律数据包" in ran.err
    assert "法律数据包" in run("kb", "search", "谁可以设定罚款", "--home", built).err
    verified = run("kb", "verify", "--home", built)
    assert verified.code == 1 and "法律数据包" in verified.out


def test_what_was_cleaned_is_told_of_the_text_it_was_cleaned_in_only(run, built) -> None:
    assert "图片残留" in run("kb", "show", "国歌法第十六条", "--home", built).err
    assert "图片残留" not in run("kb", "show", "行政处罚法第十六条", "--home", built).err


def test_the_bases_of_words_are_listed_with_a_word_on_what_they_are(run, built) -> None:
    ran = run("kb", "basis", "规范性文件一律不得设定行政处罚。", "--home", built)
    assert ran.code == 0
    assert "行政处罚法》第十六条" in ran.out and "须人工核对" in ran.err


def test_the_bases_of_a_file_are_listed_by_clause(run, built, faulty) -> None:
    result = json.loads(run("kb", "basis", faulty, "--home", built, "--json").out)["result"]
    assert [row["label"] for row in result["clauses"]][-2:] == ["一", "二"] or len(result["clauses"]) >= 2


def test_a_like_document_is_named_with_its_share(run, home, folder, tmp_path) -> None:
    run("kb", "import", folder, "--home", home)
    copy = tmp_path / "新稿.txt"
    copy.write_text(NOTICE.replace("白杨", "青松").replace("两年", "三年"), "utf-8")
    ran = run("kb", "similar", copy, "--home", home)
    assert ran.code == 0
    assert "白杨县人民政府关于渡船安全的通知" in ran.out.splitlines()[0]


def test_cards_are_listed_by_topic_with_their_source(run) -> None:
    ran = run("kb", "cards", "--topic", "备案")
    assert ran.code == 0 and "来源：《" in ran.out and "不是原文" in ran.err
    wrong = run("kb", "cards", "--topic", "烹饪")
    assert wrong.code == 2 and "备案" in wrong.errors[0]


# --- care ------------------------------------------------------------------------------------------------------------


def test_a_name_with_a_line_feed_takes_one_line(run, home, tmp_path) -> None:
    path = tmp_path / "两\n行.md"
    path.write_text(LAPSING, "utf-8")
    run("kb", "import", path, "--home", home)
    lines = run("kb", "stats", "--files", "--home", home).out.splitlines()
    assert sum("两" in line and "行.md" in line for line in lines) == 1


def test_stats_count_works_files_and_problems(run, home, folder) -> None:
    run("kb", "import", folder, "--home", home)
    ran = run("kb", "stats", "--files", "--problems", "--home", home)
    assert ran.code == 0
    assert "通知.txt" in ran.out and "坏.docx" in ran.out and "索引：最新" in ran.out
    assert json.loads(run("kb", "stats", "--json", "--home", home).out)["result"]["index_is_current"] is True


@pytest.fixture
def small(tmp_path, monkeypatch) -> Path:
    """An empty corpus whose vectors are made by a model of the tests."""
    pytest.importorskip("chromadb", reason="chromadb is not installed (extra kb)")
    import numpy as np

    class Ones:
        name, dimension, url = "ones", 2, ""

        def passages(self, texts: Sequence[str]) -> np.ndarray:
            return np.full((len(texts), 2), 0.5**0.5, dtype=np.float32)

        def query(self, text: str) -> np.ndarray:
            return self.passages([text])[0]

    monkeypatch.setattr("draft_assist.corpus.embedding.make_embedder", Ones)
    return tmp_path / "small"


def test_embedding_tells_what_it_made_and_what_it_removed(run, folder, small) -> None:
    run("kb", "import", folder, "--home", small)
    assert (
        run("kb", "embed", "--home", small, "--limit", "2").out == "新计算2条，共有2条，还有4条，再次运行即可继续。\n"
    )
    assert run("kb", "embed", "--home", small).out == "新计算4条，共有6条。\n"
    run("kb", "remove", folder / "通知.txt", "--home", small)
    assert run("kb", "embed", "--home", small).out == "新计算0条，共有3条。\n删去3条：原文已不在语料库中。\n"


def test_vectors_set_aside_are_told_until_they_are_removed(run, folder, small) -> None:
    run("kb", "import", folder, "--home", small)
    run("kb", "embed", "--home", small)
    assert "换下" not in run("kb", "stats", "--home", small).out
    run("kb", "embed", "--fresh", "--home", small)
    stats = run("kb", "stats", "--home", small)
    assert "向量：占用" in stats.out and "另有换下的旧文件" in stats.out
    told = json.loads(run("kb", "stats", "--json", "--home", small).out)["result"]["vector_bytes"]
    assert told["used"] > 0 < told["old"]
    (old,) = (small / "vectors").glob("*.old-1")
    os.utime(old, (0, 0))
    assert "删去换下的旧向量文件，腾出" in run("kb", "embed", "--home", small).out
    assert "换下" not in run("kb", "stats", "--home", small).out


def test_without_vectors_stats_say_nothing_of_them(run, built) -> None:
    assert "向量" not in run("kb", "stats", "--home", built).out


def test_a_whole_corpus_has_no_fault(run, built) -> None:
    ran = run("kb", "verify", "--home", built, "--as-of", "2026-11-22")
    assert (ran.code, ran.out.strip()) == (0, "没有发现问题。")


def test_a_file_changed_since_its_import_is_a_fault(run, home, folder) -> None:
    run("kb", "import", folder, "--home", home)
    (folder / "通知.txt").write_text(NOTICE + "三、补充。\n", "utf-8")
    ran = run("kb", "verify", "--home", home)
    assert ran.code == 1 and "通知.txt 导入后有改动" in ran.out


@pytest.mark.parametrize("name", list(_COMMANDS))
def test_every_command_explains_itself_in_chinese(run, name) -> None:
    ran = run("kb", name, "--help")
    assert ran.code == 0 and ran.out.startswith("用法：")


def test_a_review_takes_up_the_corpus(run, home, folder, faulty) -> None:
    result = json.loads(run("review", faulty, "--home", home, "--format", "json", "--fail-on", "never").out)["result"]
    assert result["findings"]
    assert "语料库" in result["corpus"]


def test_a_review_with_a_damaged_corpus_goes_on_without_it_and_says_so(run, home, faulty) -> None:
    (home / "corpus.sqlite").write_bytes(b"garbage" * 1000)
    ran = run("review", faulty, "--home", home)
    assert ran.code == 1 and "语料库没有用上" in ran.err


def test_a_review_with_a_corpus_without_index_says_that_no_basis_was_looked_for(run, home, faulty) -> None:
    (home / "index" / "current").unlink()
    ran = run("review", faulty, "--home", home)
    assert ran.code == 1 and "没有查找可能的依据" in ran.err and "kb build" in ran.err


def test_a_marked_file_is_a_problem_of_its_own_and_nothing_of_it_is_stored(run, folder, small) -> None:
    (folder / "涉密.txt").write_text("机密★1年\n青榆县河道巡查方案\n第一条　各乡镇应当巡查青石滩河道。\n", "utf-8")
    ran = run("kb", "import", folder, "--home", small)
    assert "国家秘密标志" in ran.out + ran.err
    assert not any("青石滩".encode() in path.read_bytes() for path in small.rglob("*") if path.is_file())
    assert run("kb", "search", "青石滩河道巡查", "--home", small).code in (0, 1)
