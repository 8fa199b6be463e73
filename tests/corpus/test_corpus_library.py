"""Laws of a markdown library: title, days, level, place and articles, out of the file and the folders it lies in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from draft_assist.corpus.importers import is_text_file, read_intake
from draft_assist.corpus.works import Genre, Intake, Trust
from draft_assist.errors import SourceError
from draft_assist.model import Rank
from draft_assist.settings import Settings

_LIBRARY = Path(__file__).parents[3] / "shared/data/lawrefbook"
_END = "<!-- INFO END -->"
_BODY = "\n\n## 第一章 总 则\n\n第一条 为了保护古井，制定本条例。\n\n第二条 本条例自2005年1月1日起施行。\n"


def _read(folder: Path, name: str, head: str, body: str = _BODY) -> Intake:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"{head}\n\n{_END}{body}", encoding="utf-8")
    return read_intake(path, Settings())


def test_the_text_after_the_head_is_kept_to_the_letter(tmp_path: Path) -> None:
    intake = _read(tmp_path, "古井条例.md", "# 古井条例")
    assert intake.whole() == _BODY
    assert [(one.label, one.trail, one.text) for one in intake.articles] == [
        ("第一条", ("第一章 总 则",), "为了保护古井，制定本条例。"),
        ("第二条", ("第一章 总 则",), "本条例自2005年1月1日起施行。"),
    ]


def test_the_files_date_is_the_wordings_and_the_first_wordings_start_is_not_this_ones(tmp_path: Path) -> None:
    head = "# 古井条例\n\n2004年10月9日 国务院令第9001号公布\n\n2019年3月2日 《某决定》第一次修订"
    intake = _read(tmp_path, "古井条例(2019-03-02).md", head)
    assert (intake.version_date, intake.effective_from) == (dt.date(2019, 3, 2), dt.date(2019, 3, 2))


def test_without_a_date_in_the_name_the_latest_of_the_history_counts(tmp_path: Path) -> None:
    head = "# 古井条例\n\n2004年10月9日 国务院令第9001号公布\n\n2011年1月8日 《关于修改2010年规定的决定》修订"
    assert _read(tmp_path, "古井条例.md", head).version_date == dt.date(2011, 1, 8)


def test_a_first_wording_starts_when_its_last_article_says(tmp_path: Path) -> None:
    intake = _read(tmp_path, "古井条例(2004-10-09).md", "# 古井条例\n\n2004年10月9日 国务院令第9001号公布")
    assert (intake.version_date, intake.effective_from) == (dt.date(2004, 10, 9), dt.date(2005, 1, 1))
    assert intake.number == "国务院令第9001号"


def test_a_day_of_effect_in_the_history_is_no_day_of_the_wording(tmp_path: Path) -> None:
    head = "# 古井条例\n\n2004年10月9日 某委员会通过\n\n2005年2月1日 施行"
    intake = _read(tmp_path, "古井条例.md", head, "\n第一条 保护古井。\n")
    assert (intake.version_date, intake.effective_from) == (dt.date(2004, 10, 9), dt.date(2005, 2, 1))


def test_in_force_from_its_publication_is_the_day_of_publication(tmp_path: Path) -> None:
    body = "\n第一条 保护古井。\n第二条 本条例自公布之日起施行。\n"
    head = "# 古井条例\n\n2004年10月9日 国务院令第9001号公布"
    assert _read(tmp_path, "古井条例.md", head, body).effective_from == dt.date(2004, 10, 9)


@pytest.mark.parametrize(
    "words",
    [
        "本条例从2005年1月1日起施行。",
        "本条例于2005年1月1日起施行。",
        "本条例（原称《古井规则》）自2005年1月1日起施行。",
        "本条例经省人民政府批准，自2005年1月1日起施行。",
        "本条例自２００5年１月1日起实施。",
    ],
)
def test_the_day_of_effect_is_read_in_the_ways_it_is_written(tmp_path: Path, words: str) -> None:
    head = "# 古井条例\n\n2004年10月9日 国务院令第9001号公布"
    intake = _read(tmp_path, "古井条例.md", head, f"\n第一条 保护古井。\n第二条 {words}\n")
    assert intake.effective_from == dt.date(2005, 1, 1)


def test_a_provision_on_the_effect_of_a_part_is_not_that_of_the_whole(tmp_path: Path) -> None:
    body = "\n第一条 第三条所列事项自2030年1月1日起施行。\n"
    head = "# 古井条例\n\n2004年10月9日 国务院令第9001号公布"
    assert _read(tmp_path, "古井条例.md", head, body).effective_from is None


def test_a_text_without_any_date_says_so(tmp_path: Path) -> None:
    intake = _read(tmp_path, "古井条例.md", "# 古井条例", "\n第一条 保护古井。\n")
    assert intake.version_date is None and intake.effective_from is None
    assert any("日期" in note for note in intake.warnings)


def test_a_missing_article_number_is_said(tmp_path: Path) -> None:
    intake = _read(tmp_path, "古井条例.md", "# 古井条例", "\n第一条 甲。\n第二条 乙。\n第四条 丙。\n")
    assert any("第三条" in note for note in intake.warnings)


@pytest.mark.parametrize(
    ("folder", "title", "level", "place", "genre"),
    [
        ("行政法规", "古井保护条例", Rank.ADMINISTRATIVE_REGULATION, "", Genre.STATUTE),
        ("行政法规", "国务院关于古井的通知", Rank.STATE_COUNCIL, "", Genre.DOCUMENT),
        ("部门规章/公安部", "古井巡查规定", Rank.DEPARTMENT_RULE, "", Genre.STATUTE),
        ("行政法", "中华人民共和国古井法", Rank.LAW, "", Genre.STATUTE),
        ("刑法", "中华人民共和国古井法修正案（二）", Rank.LAW, "", Genre.DECISION),
        ("司法解释", "关于审理古井案件的解释", Rank.OTHER, "", Genre.INTERPRETATION),
        ("案例", "一口古井的案例", Rank.OTHER, "", Genre.OTHER),
        ("DLC/北京地方法规/地方性法规/北京", "北京市古井条例", Rank.LOCAL_REGULATION_PROVINCE, "北京市", Genre.STATUTE),
        ("DLC/广东地方法规/地方性法规/广东", "广东省古井条例", Rank.LOCAL_REGULATION_PROVINCE, "广东省", Genre.STATUTE),
        ("地方性法规/广东", "青榆市古井条例", Rank.LOCAL_REGULATION_CITY, "广东省青榆市", Genre.STATUTE),
        ("地方性法规/广西", "青榆市古井条例", Rank.LOCAL_REGULATION_CITY, "广西壮族自治区青榆市", Genre.STATUTE),
    ],
)  # fmt: skip
def test_folder_and_title_tell_level_place_and_genre(
    tmp_path: Path, folder: str, title: str, level: Rank, place: str, genre: Genre
) -> None:
    intake = _read(tmp_path / folder, f"{title}.md", f"# {title}")
    assert (intake.level, intake.place, intake.genre, intake.trust) == (level, place, genre, Trust.AUTHORITY)


def test_a_part_of_a_code_in_a_file_of_its_own_is_named_with_it(tmp_path: Path) -> None:
    assert _read(tmp_path, "总则.md", "# 中华人民共和国古井法典\n\n# 总则").title == "中华人民共和国古井法典（总则）"


def test_the_congress_that_adopted_the_law_is_its_issuer(tmp_path: Path) -> None:
    head = "# 青榆市古井条例\n\n2003年9月5日 青榆市第三届人民代表大会常务委员会第六次会议通过"
    assert _read(tmp_path, "青榆市古井条例.md", head).issuer == "青榆市人民代表大会常务委员会"


def test_a_head_without_a_text_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有正文"):
        _read(tmp_path, "古井条例.md", "# 古井条例", "\n\n\u200b\n")


def test_the_librarys_own_pages_and_templates_are_no_texts() -> None:
    taken = ["古井条例.md", "古井条例(2019-03-02).md", "通知.docx", "旧文.doc"]
    assert [name for name in taken if is_text_file(Path(name))] == taken
    left = ["_index.md", "README.md", "法律法规模版.md", "db.sqlite3", "图.png"]
    assert not any(is_text_file(Path(name)) for name in left)


@pytest.mark.shared
@pytest.mark.skipif(not _LIBRARY.is_dir(), reason="../shared/data/lawrefbook is not here")
def test_the_whole_library_is_imported_and_nothing_of_it_is_lost() -> None:
    files = sorted(path for path in _LIBRARY.rglob("*.md") if is_text_file(path))
    problems = []
    for path in files:
        try:
            intake = read_intake(path, Settings())
        except SourceError as error:
            problems.append(str(error))
            continue
        assert intake.whole() == path.read_text(encoding="utf-8").partition(_END)[2], path.name
        assert intake.level is not Rank.OTHER or intake.genre is Genre.OTHER, path.name
        numbers = [one.number for one in intake.articles if one.number]
        assert len(numbers) == len(set(numbers)), path.name
    assert len(files) > 1500
    assert len(problems) <= len(files) // 100, problems
