"""Builds documents/17-school-enrolment-notice.docx: an invented county's notice on enrolment with planted faults.

    python evals/build_school_notice.py [TARGET.docx]

The county, its organs and the text are invented. The headings carry Word's automatic numbers, and the key dates stand
in a table.
"""

from __future__ import annotations

import sys
from pathlib import Path

from official_docx import (
    BODY_FONT,
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

TARGET = Path(__file__).parent / "documents" / "17-school-enrolment-notice.docx"
BUILT_AT = (2026, 5, 25, 9, 0, 0)

TITLE = "青榆县教育局关于做好2026年秋季义务教育学校招生入学工作的通知"
NUMBER = "青榆教规〔2026〕3号"
RECIPIENTS = "各乡镇中心学校，县直各中小学校，各民办义务教育学校："
OPENING = (
    "为了保障适龄儿童少年平等接受义务教育，根据《中华人民共和国义务教育法》第十二条等规定，"
    "现就2026年秋季义务教育学校招生入学工作通知如下。"
)
SIGNATURE = ("青榆县教育局", "2026年5月25日")

# (kind, text): "heading" (automatic numbers 一、) and "item" (automatic numbers （一）, begun anew under each heading).
CLAUSES: tuple[tuple[str, str], ...] = (
    ("heading", "招生原则"),
    (
        "item",
        "坚持免试、就近、相对均衡入学。学校不得以考试、面试、竞赛证书、培训证明选拔学生，不得设立重点班、快慢班。",
    ),
    (
        "item",
        "公办学校、民办学校同步报名、同步录取。报名人数超过招生计划的民办学校，实行电脑随机录取，录取过程请公证机构、家长代表监督。",
    ),
    ("item", "残疾儿童少年能够适应普通学校学习的，学校不得拒收。"),
    ("heading", "报名条件和材料"),
    ("item", "2026年8月31日以前年满六周岁的儿童，可以报名就读小学一年级。学位范围由我局划定，提前向社会公布。"),
    ("item", "户籍、不动产登记等信息由我局通过数据共享核验，家长只需在网上填写，不必到派出所、房管部门开具证明。"),
    # Fault: a proof without basis.
    ("item", "随迁子女报名时，应当提交户籍地村（居）民委员会出具的品行良好证明和无法在原籍就读证明。"),
    # Fault: schooling tied to an unrelated duty.
    ("item", "父母未结清物业服务费、水费或者未足额缴纳居民医保费的，其子女不予安排公办学位。"),
    # Fault: an intermediary that is named.
    ("item", "新生入学前应当到青榆康宁体检中心进行体检，凭该中心出具的体检报告办理注册，体检费用由家长承担。"),
    # Trap: the inoculation record is read by law, and does not bar entry.
    ("item", "学校依法查验预防接种记录；未完成接种的，提醒家长带孩子补种，不影响入学。"),
    # Fault: an organ that no longer exists.
    ("item", "在本县租房居住的二孩、三孩家庭，由县人口和计划生育局提供名单，学校优先保障其子女同校就读。"),
    ("heading", "录取和注册"),
    ("item", "学校不得收取与入学挂钩的赞助费、择校费，不得提前收取学费。社会捐赠出于自愿，不与招生名额挂钩。"),
    # Fault: personal data exposed.
    ("item", "录取名单由学校在校门口和微信公众号公布，内容包括学生姓名、身份证号码、家庭住址和监护人电话。"),
    # Fault: one supplier.
    ("item", "新生校服、床上用品统一从青榆县育英服饰有限公司订购，家长不得自行采购。"),
    ("item", "家长对录取结果有异议的，可以在公布后五日内向学校或者我局申请复核，也可以依法申请行政复议。"),
    ("heading", "工作纪律"),
    # Fault: an article that does not exist.
    ("item", "学校违反本通知规定的，依照《中华人民共和国义务教育法》第七十五条的规定处理。"),
    # Trap: referring to what the law says.
    ("item", "学校分设重点班和非重点班的，由我局依照《中华人民共和国义务教育法》第五十七条责令限期改正。"),
    ("item", "教职工参与有偿招生、泄露学生信息的，依法给予处分；构成犯罪的，依法追究刑事责任。"),
    ("item", "我局公布监督电话，安排专人值守，对群众反映的问题在三个工作日内答复。"),
    ("item", "本通知自2026年7月1日起施行，有效期一年。"),
)
TABLE_TITLE = "附表　招生工作日程"
TABLE = (
    ("时间", "工作", "负责单位"),
    ("7月1日至7月10日", "网上报名", "各小学、初中"),
    ("7月15日", "电脑随机录取", "县教育局"),
    ("7月20日至7月25日", "公布结果、受理复核", "各小学、初中"),
    ("8月31日", "新生报到", "各小学、初中"),
)


def build() -> bytes:
    """The .docx."""
    document = new_document(TITLE, SIGNATURE[0])
    numbering = add_numbering(document, (("%1、", "nothing"), ("（%2）", "nothing")))
    add_line(document, TITLE, font=TITLE_FONT, size=TITLE_SIZE, centred=True)
    add_line(document, NUMBER, centred=True)
    add_line(document, RECIPIENTS)
    add_line(document, OPENING, indent=True)
    for kind, text in CLAUSES:
        is_heading = kind == "heading"
        paragraph = add_line(document, text, font=HEADING_FONT if is_heading else BODY_FONT)
        number(paragraph, numbering, 0 if is_heading else 1)
    add_signature(document, SIGNATURE)
    add_line(document, TABLE_TITLE, font=HEADING_FONT)
    add_table(document, TABLE)
    return content(document, BUILT_AT)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_bytes(build())
    print(f"written: {target}")
