"""What stands around the text: title, number, recipients, signature, attachments, covering notices."""

from __future__ import annotations

from parse_factory import body, head, messages, parsed, paths

from draft_assist.model import Level
from draft_assist.parse import label_of

COVER = """青石县人民政府文件

青政发〔2024〕12号

青石县人民政府关于印发
《青石县农贸市场管理办法（试行）》的通知

各乡镇人民政府，县政府各部门，各有关单位：
　　《青石县农贸市场管理办法（试行）》已经2024年3月5日县政府第8次常务会议审议通过，现印发给你们，请认真贯彻执行。

青石县人民政府
2024年3月12日
（此件公开发布）

青石县农贸市场管理办法（试行）

第一条　为了规范农贸市场管理，制定本办法。
第二条　本办法自2024年4月1日起施行，有效期2年。

附件1
市场摊位登记表
摊位号
附件2
市场巡查办法
第一条　巡查每周一次。
抄送：县委办公室，县人大常委会办公室。
青石县人民政府办公室　　　　2024年3月12日印发
"""


def test_a_covering_notice_is_front_matter_of_the_document_it_carries() -> None:
    document = parsed(COVER)

    assert [path for path in paths(document) if not path.startswith("att")] == [
        "letterhead",
        "number",
        "front.title",
        "recipients",
        "front.par-1",
        "front.sign",
        "front.imprint",
        "title",
        "art-1",
        "art-1.par-1",
        "art-2",
        "art-2.par-1",
    ]
    assert document.facts.title == "青石县农贸市场管理办法（试行）"
    assert document.notes == ()


def test_a_title_over_two_lines_is_one_clause() -> None:
    assert head(parsed(COVER), "front.title") == "青石县人民政府关于印发\n《青石县农贸市场管理办法（试行）》的通知"


def test_numbering_restarts_in_every_attachment() -> None:
    document = parsed(COVER)

    assert body(document, "att-2.art-1.par-1") == "巡查每周一次。"
    assert body(document, "att-2.title") == "市场巡查办法"
    assert body(document, "att-1.title") == "市场摊位登记表"


def test_a_covering_notice_without_signature_is_told_by_the_name_it_issues() -> None:
    document = parsed(
        "青石县林业局关于印发《青石县古树认养管理办法》的通知\n各乡镇林业站：\n"
        "现将《青石县古树认养管理办法》印发给你们，请遵照执行。\n青石县古树认养管理办法\n"
        "第一条　为了保护古树，制定本办法。\n第二条　认养期限为三年。\n"
    )

    assert document.facts.title == "青石县古树认养管理办法"
    assert "art-2" in paths(document)


def test_a_notice_with_headings_of_its_own_keeps_them_apart_from_the_attached_plan() -> None:
    document = parsed(
        "白河区人民政府关于印发《白河区防汛工作方案》的通知\n各街道办事处：\n"
        "现印发给你们，并就有关事项通知如下：\n一、提高认识。\n二、压实责任。\n"
        "白河区人民政府\n2023年5月6日\n白河区防汛工作方案\n为做好防汛工作，制定本方案。\n一、目标\n二、任务\n"
    )

    assert [path for path in paths(document) if "h1" in path] == ["front.h1-1", "front.h1-2", "h1-1", "h1-2"]
    assert document.facts.title == "白河区防汛工作方案"


def test_an_issued_document_that_is_labelled_as_attachment_stays_there_but_gives_the_title() -> None:
    document = parsed(
        "白河区民政局关于印发《白河区临时救助实施细则》的通知\n各街道民政办：\n"
        "现将《白河区临时救助实施细则》印发给你们。\n"
        "附件：白河区临时救助实施细则\n白河区民政局\n2023年5月6日\n附件\n白河区临时救助实施细则\n"
        "第一条　为了规范临时救助，制定本细则。\n"
    )

    assert document.facts.title == "白河区临时救助实施细则"
    assert "att-1.art-1" in paths(document)
    assert "front.att-list" in paths(document) or "att-list" in paths(document)


def test_an_attachment_list_below_the_text_opens_no_attachment() -> None:
    document = parsed(
        "一、甲\n二、乙\n附件：1.任务分工表\n　　　2.联系人名单\n白河区民政局\n2023年5月6日\n附件1\n"
        "任务分工表\n附件2\n联系人名单\n"
    )

    assert [path for path in paths(document) if "title" not in path] == [
        "h1-1", "h1-2", "att-list", "sign", "att-1", "att-2",
    ]  # fmt: skip


def test_attachments_named_at_the_end_without_signature_are_a_list() -> None:
    document = parsed("一、甲\n二、乙\n附件：1.任务分工表\n2.联系人名单\n")

    assert paths(document) == ["h1-1", "h1-2", "att-list"]


def test_supplementary_provisions_are_no_attachment() -> None:
    document = parsed("第一章　总则\n第一条　甲。\n第二章　附则\n第二条　附件一所列车辆除外。\n附加条件无效。\n")

    assert not [path for path in paths(document) if path.startswith("att")]


def test_a_schedule_counts_apart_from_attachments() -> None:
    document = parsed("第一条　甲。\n附件1\n名单\n附表1\n金额\n")

    assert "att-1" in paths(document)
    assert "sched-1" in paths(document)
    assert messages(document) == []


def test_several_organs_sign_one_document() -> None:
    document = parsed("第一条　甲。\n第二条　本办法自公布之日起施行。\n白河区民政局\n白河区财政局\n2023年5月6日\n")

    assert head(document, "sign") == "白河区民政局\n白河区财政局\n2023年5月6日"


def test_a_date_in_the_middle_of_a_schedule_is_no_signature() -> None:
    document = parsed("一、安排\n2023年5月6日\n集中学习。\n2023年5月7日\n现场观摩。\n")

    assert "sign" not in paths(document)


def test_a_signature_without_a_date_ends_the_text() -> None:
    document = parsed("一、甲。\n二、做好值守工作。\n白河区应急管理局\n")

    assert head(document, "sign") == "白河区应急管理局"


def test_a_document_without_numbers_has_plain_paragraphs() -> None:
    document = parsed("镇政府决定开展清洁家园行动。\n各村应当积极参加。\n")

    assert paths(document) == ["par-1", "par-2"]


def test_the_web_page_title_above_the_document_is_a_title_too() -> None:
    document = parsed(
        "白河区人民政府关于印发《白河区防汛工作方案》的通知\n白政发〔2023〕7号\n白河区人民政府\n"
        "关于印发《白河区防汛工作方案》的通知\n各街道办事处：\n"
        "现印发给你们，请认真执行。\n白河区人民政府\n2023年5月6日\n白河区防汛工作方案\n一、目标\n二、任务\n"
    )

    assert [clause.level for clause in document.clauses].count(Level.TITLE) == 3
    assert document.facts.title == "白河区防汛工作方案"


def test_an_empty_text_has_no_clauses_and_a_blank_one_has_one() -> None:
    assert parsed("").clauses == ()
    assert paths(parsed("\n \n　\n")) == ["blank-1"]


def test_labels_are_those_people_use() -> None:
    document = parsed(COVER + "")

    labels = {path: label_of(document, path) for path in paths(document)}
    assert labels["art-1.par-1"] == "第一条"
    assert labels["att-2.art-1.par-1"] == "附件2第一条"
    assert labels["title"] == "标题"
    assert labels["front.par-1"] == "引言第1段"
    assert label_of(document, "") == "全文"


def test_labels_name_paragraph_and_item() -> None:
    document = parsed("第八条　甲。\n下列情形除外：\n（一）乙；\n（二）丙：\n1.丁；\n第八条之一　戊。\n")

    assert label_of(document, "art-8.par-2.item-1") == "第八条第二款第（一）项"
    assert label_of(document, "art-8.par-2.item-2.sub-1") == "第八条第二款第（二）项第1目"
    assert label_of(document, "art-8-1.par-1") == "第八条之一"


def test_labels_of_headings_show_the_marks_as_printed() -> None:
    document = parsed("一、甲\n二、乙\n（一）丙\n8.丁\n1.1 戊己\n")

    assert label_of(document, "h1-2.h2-1") == "二、（一）"
    assert label_of(document, "h1-2.h2-1.h3-8") == "二、（一）8."


def test_a_title_with_spread_characters_on_its_own_line_is_read() -> None:
    document = parsed(
        "关于开展秸秆禁烧工作的\n通　　知\n各村民委员会：\n一、甲\n特此通知。\n柳河镇人民政府\n2024年9月1日\n"
    )

    assert document.facts.title == "关于开展秸秆禁烧工作的通知"
    assert head(document, "tail.par-1") == "特此通知。"


def test_organs_that_issue_together_are_all_named() -> None:
    document = parsed(
        "青石县公安局\n青石县交通运输局\n关于城区部分路段交通管制的通告\n现通告如下：\n一、甲。\n二、乙。\n"
        "青石县公安局　青石县交通运输局\n2024年3月10日\n"
    )

    assert document.facts.issuer == "青石县公安局、青石县交通运输局"
    assert document.facts.signing_date is not None


def test_an_organ_above_a_title_of_its_own_is_a_letterhead() -> None:
    document = parsed("青石县林业局\n青石县古树认养管理办法\n第一条　甲。\n第二条　乙。\n")

    assert document.facts.title == "青石县古树认养管理办法"
    assert document.facts.issuer == "青石县林业局"
    assert head(document, "letterhead") == "青石县林业局"


def test_the_history_below_a_title_is_no_title() -> None:
    document = parsed(
        "# 湖南省渡口管理办法\n2023年12月29日湖南省人民政府常务会议通过的《湖南省渡口管理办法》\n第一条　甲。\n"
    )

    assert document.facts.title == "湖南省渡口管理办法"


def test_a_part_is_labelled_as_it_is_printed() -> None:
    document = parsed("第一部分　现状\n一、甲\n第二编　任务\n第一条　甲。\n")

    assert label_of(document, "part-1.h1-1") == "第一部分一、"
    assert label_of(document, "part-2") == "第二编"


def test_outline_labels_do_not_repeat_their_parents() -> None:
    document = parsed("1 总则\n1.1 目的\n甲。\n1.2 依据\n")

    assert label_of(document, "h1-1.h2-1.par-1") == "1.1第1段"


def test_a_form_below_the_signature_is_no_second_document() -> None:
    document = parsed(
        "青石县民政局关于开展临时救助的通知\n各乡镇民政办：\n为实施临时救助，现通知如下：\n一、对象\n二、标准\n"
        "青石县民政局\n2024年3月10日\n临时救助申请审批表\n"
        "申请人姓名、身份证号、家庭住址、联系电话、救助事由以及村委会意见等栏目由本人填写。\n"
    )

    assert document.facts.title == "青石县民政局关于开展临时救助的通知"
    assert "h1-2" in paths(document)
