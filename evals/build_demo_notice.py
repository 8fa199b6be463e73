"""Builds demo/notice.docx, the document that `make demo` reviews: an invented county's notice with planted faults.

    python evals/build_demo_notice.py [TARGET.docx]

The county, its organs and the text are invented. Article and item numbers are Word's automatic numbers, one sum is a
tracked change, and the charges stand in a table: what a reader of .docx files easily overlooks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from official_docx import (
    HEADING_FONT,
    TITLE_FONT,
    TITLE_SIZE,
    add_line,
    add_numbering,
    add_signature,
    add_table,
    content,
    new_document,
    number,
)

TARGET = Path(__file__).parent / "demo" / "notice.docx"
ARTICLE, ITEM = 0, 1
TRACKED_AT = "2026-09-11T09:30:00Z"
AUTHOR = "县城市管理局"
BUILT_AT = (2026, 9, 11, 9, 30, 0)

TITLE = "青榆县人民政府关于印发《青榆县夜市摊点管理办法》的通知"
NUMBER = "青榆政规〔2026〕8号"
RECIPIENTS = "各乡镇人民政府、街道办事处，县政府各工作部门："
OPENING = "《青榆县夜市摊点管理办法》已经县政府第十二次常务会议讨论通过，现印发给你们，请结合实际抓好落实。"
SIGNATURE = ("青榆县人民政府", "2026年9月11日")
MEASURES = "青榆县夜市摊点管理办法"

# (kind, text): "chapter", "article", "item" (automatic numbers); "fine" is `FINE`, a paragraph without a number.
CLAUSES: tuple[tuple[str, str], ...] = (
    ("chapter", "第一章　总　则"),
    (
        "article",
        "为了方便群众夜间消费，维护夜市秩序，根据《中华人民共和国食品安全法》等法律法规，结合本县实际，制定本办法。",
    ),
    ("article", "本县城区和集镇内夜市摊点的设置、经营和管理，适用本办法。早市、农贸市场内的固定摊位不适用本办法。"),
    (
        "article",
        "县城市管理局负责摊点秩序的日常管理，县市场监督管理局负责食品安全和计量监督，县消防救援大队负责消防安全指导。"
        "各部门不得违反规定设定收费、罚款项目，不得下达罚没指标。",
    ),
    ("chapter", "第二章　设置与经营"),
    ("article", "夜市开放区域由县城市管理局会同街道办事处提出方案，征求周边居民意见后向社会公布。"),
    # Fault: a permit.
    ("article", "在开放区域内设摊的，应当向县城市管理局申领《夜市摊位准营证》，未取得准营证的，不得出摊。"),
    ("article", "摊主应当遵守下列规定："),
    ("item", "在划定的位置和时段内经营，收摊后清扫地面；"),
    ("item", "明码标价，使用合格的计量器具；"),
    ("item", "从事食品经营的，依法办理食品摊贩登记或者备案；"),
    ("item", "使用瓶装液化气的，遵守燃气安全管理规定。"),
    # Trap: the consent of private owners.
    (
        "article",
        "利用临街商铺门前自有场地设摊的，应当征得商铺业主同意。摊主与场地所有人可以自行约定场地租金和水电费用。",
    ),
    # To be decided by a person: a filing that may work as a permit.
    ("article", "在夜市内举办演出、促销等聚集性活动的，主办方应当提前五个工作日到县城市管理局备案，备案后方可举办。"),
    # Fault: a deposit.
    ("article", "摊主应当在出摊前向街道办事处缴纳环境卫生保证金一千元，停止经营并清理场地后无息退还。"),
    # Fault in the table of the attachment: charges.
    ("article", "摊主按照附表规定的标准按月缴纳摊位管理费，由县城市管理局收取，专项用于夜市保洁。"),
    ("chapter", "第三章　监督管理"),
    # Trap: a reference to higher law.
    (
        "article",
        "摊主使用未经检定的计量器具，或者经营的食品不符合安全标准的，由县市场监督管理局依照有关法律法规的规定处理。",
    ),
    ("article", "摊主违反本办法第六条规定的，由县城市管理局责令改正。"),
    # Fault: a fine (its sum is a tracked change).
    ("fine", ""),
    # Fault: a compulsory measure.
    (
        "article",
        "擅自在开放区域外设摊，经劝离仍不撤离的，由县城市管理局暂扣其经营工具和物品，七日内不接受处理的，予以变卖。",
    ),
    # Fault: the cited article allows five to fifty thousand yuan.
    (
        "article",
        "市场开办单位占用消防车通道，妨碍消防车通行的，由县消防救援大队依照《中华人民共和国消防法》第六十条的规定，"
        "处六万元以上十万元以下罚款。",
    ),
    # Trap: discipline of officials, crime.
    (
        "article",
        "管理人员在夜市管理中玩忽职守、滥用职权的，依法给予警告、记过等处分；构成犯罪的，依法追究刑事责任。",
    ),
    ("chapter", "第四章　附　则"),
    # Trap: reports of penalties already imposed.
    (
        "article",
        "县城市管理局每季度向社会公布夜市管理情况，包括摊点数量、投诉办理以及已经作出的行政处罚决定。",
    ),
    ("article", "本办法自2026年11月1日起施行，有效期五年。"),
)
FINE = ("经两次责令改正仍不改正的，由县城市管理局处", "五百元", "二百元以上一千元以下", "罚款。")

TABLE_TITLE = "附表　夜市摊位管理费标准"
TABLE = (
    ("摊位类别", "面积", "标准"),
    ("餐饮类", "不超过6平方米", "每摊每月缴纳摊位管理费240元"),
    ("百货类", "不超过4平方米", "每摊每月缴纳摊位管理费120元"),
    ("公益类", "不超过4平方米", "免收"),
)


def build() -> bytes:
    """The .docx."""
    document = new_document(TITLE, AUTHOR)
    numbering = add_numbering(document, (("第%1条", "space"), ("（%2）", "nothing")))
    add_line(document, TITLE, font=TITLE_FONT, size=TITLE_SIZE, centred=True)
    add_line(document, NUMBER, centred=True)
    add_line(document, RECIPIENTS)
    add_line(document, OPENING, indent=True)
    add_signature(document, SIGNATURE)
    measures = add_line(document, MEASURES, font=TITLE_FONT, size=TITLE_SIZE, centred=True)
    measures.paragraph_format.page_break_before = True
    for kind, text in CLAUSES:
        if kind == "chapter":
            add_line(document, text, font=HEADING_FONT, centred=True)
        elif kind == "fine":
            _add_fine(document)
        else:
            number(document.add_paragraph(text), numbering, ITEM if kind == "item" else ARTICLE)
    add_line(document, TABLE_TITLE, font=HEADING_FONT)
    add_table(document, TABLE)
    return content(document, BUILT_AT)


def _add_fine(document: Document) -> None:
    """The paragraph whose sum was changed with tracking on."""
    before, deleted, inserted, after = FINE
    paragraph = add_line(document, before, indent=True)
    mark = f'{nsdecls("w")} w:author="{AUTHOR}" w:date="{TRACKED_AT}"'
    paragraph._p.append(parse_xml(f'<w:del {mark} w:id="901"><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {mark} w:id="902"><w:r><w:t>{inserted}</w:t></w:r></w:ins>'))
    paragraph.add_run(after)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_bytes(build())
    print(f"written: {target}")
