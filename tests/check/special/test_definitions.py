"""Terms and short names."""

from __future__ import annotations

from special_factory import assert_reports, values_of

# Something must follow for "never used again" to mean anything.
REST = "\n" + "第二条　船主应当按时检验渔船，保持船况良好，遇有预警及时回港避风，并服从值班人员的指挥。\n" * 12


def test_a_term_defined_twice_in_other_words():
    assert_reports(
        "defined_twice",
        "第一条　本办法所称渔船，是指捕捞船。\n第二条　渔船应当登记。\n第三条　⟦本办法所称渔船，是指⟧养殖用的小船。",
    )


def test_the_same_words_again_and_other_terms_are_fine():
    assert_reports("defined_twice", "第一条　本办法所称渔船，是指捕捞船。\n第二条　本办法所称船主，是指登记的人。")
    assert_reports("defined_twice", "第一条　本办法所称渔船，是指捕捞船。\n第二条　本办法所称渔船，是指捕捞船。")


def test_a_short_name_never_used():
    assert_reports("short_name_unused", "第一条　渔船停泊联席会议⟦（以下简称“联席会议”）⟧负责统筹。" + REST)
    assert_reports("short_name_unused", "第一条　依照《渔船规划》⟦（以下称《规划》）⟧办理。" + REST)


def test_a_short_name_used_later_or_in_part():
    used = "第一条　渔船停泊联席会议（以下简称“联席会议”）负责统筹。" + REST
    assert_reports("short_name_unused", used + "第三条　联席会议每季召开。")
    assert_reports(
        "short_name_unused", "第一条　各渔政机构（以下统称“各渔政站”）负责。" + REST + "第三条　渔政站应当值班。"
    )


def test_a_clause_by_itself_says_nothing_of_the_rest():
    assert_reports("short_name_unused", "第一条　渔船停泊联席会议（以下简称“联席会议”）负责统筹。")


def test_a_short_name_for_two_things():
    text = "第一条　渔船登记小组（以下简称“专班”）负责登记。\n第二条　渔船检验人员⟦（以下简称“专班”）⟧负责检验。"
    assert_reports("short_name_for_two", text)
    assert values_of("short_name_for_two", text.replace("⟦", "").replace("⟧", "")) == {
        "name": "专班",
        "first": "渔船登记小组",
        "second": "渔船检验人员",
    }


def test_one_thing_under_a_longer_name():
    assert_reports(
        "short_name_for_two",
        "第一条　县渔政管理部门（以下简称“主管部门”）负责。\n第二条　苇湖县渔政管理部门（以下简称“主管部门”）通报。",
    )
