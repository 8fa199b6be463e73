"""Where the knowledge files are, and how one is read: YAML, decoded strictly, faults told with path and line.

The dialect is plain YAML without its traps: a key may stand once only, `yes`, `no`, `on`, `off` and dates are text
(a struct turns dates into dates), and anchors, aliases, merge keys and tags are refused.

    read_yaml(path)            -> plain values
    read_struct(path, Type)    -> one checked struct
    read_folder(folder, Type)  -> one checked struct a file, in order of path

YAML is slow to read: 120 rule files take 50 to 130 ms and PyYAML alone 50 ms to import, from the cache 10 ms. So the
plain values of our own files are kept in the user's cache folder under a hash of the contents; values out of the cache
are checked like fresh ones.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from draft_assist.errors import KnowledgeError

if TYPE_CHECKING:
    import yaml

T = TypeVar("T")

# Raised when the decoded form changes, so that older caches are not read.
CACHE_FORMAT = 1
CACHE_VARIABLE = "DRAFT_ASSIST_CACHE_DIR"

_PACKAGE = Path(__file__).resolve().parent


def knowledge_path(relative: str = "") -> Path:
    """The path of a file or folder of knowledge/, in a checkout or in an installed wheel; it may not exist."""
    return _shared("knowledge") / relative


def prompts_path(relative: str = "") -> Path:
    """The path of a file or folder of prompts/, in a checkout or in an installed wheel; it may not exist."""
    return _shared("prompts") / relative


def _shared(name: str) -> Path:
    # pyproject.toml: force-include puts both folders under draft_assist/_shared in the wheel.
    installed = _PACKAGE / "_shared" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


# --- reading ------------------------------------------------------------------------------------------------------


def read_yaml(path: Path) -> object:
    """The values of a YAML file: dict, list, str, int, float, bool or None.

    Raises:
        KnowledgeError: the file cannot be read, is not YAML, or uses what the dialect refuses.
    """
    return _values(_compose(_bytes(path), path), path, set())


def read_struct(path: Path, type_: type[T], *, cache: Path | None = None) -> T:
    """The file as a value of `type_`.

    Args:
        path: a YAML file, or a Markdown file of which the head is read.
        type_: a msgspec struct (declare it with forbid_unknown_fields=True), or any type msgspec can convert to.
        cache: folder for the decoded values; None takes `cache_folder()` for files of knowledge/ and prompts/ and
            keeps no others. Not writable is no error, only slower.

    Raises:
        KnowledgeError: as `read_yaml`, or the values do not fit `type_`; names line, key and what is allowed.
    """
    content = _bytes(path)
    (value,) = _decoded(path, {path: content}, hashlib.sha256(content).hexdigest(), cache)
    return _convert(value, path, type_)


def read_folder(folder: Path, type_: type[T], *, cache: Path | None = None) -> tuple[dict[Path, T], str]:
    """Every *.yaml below `folder` as a value of `type_`.

    Args:
        folder: may be missing or empty: then nothing is read.
        type_, cache: see `read_struct`.

    Returns:
        The values by path in order of path, and the sha256 over relative paths and contents (line ends not counted),
        hexadecimal.

    Raises:
        KnowledgeError: see `read_struct`; the first faulty file in order of path.
    """
    contents = {path: _bytes(path) for path in sorted(folder.rglob("*.yaml"))}
    digest = _digest(folder, contents)
    values = _decoded(folder, contents, digest, cache)
    return {path: _convert(value, path, type_) for path, value in zip(contents, values, strict=True)}, digest


def _decoded(place: Path, contents: Mapping[Path, bytes], digest: str, cache: Path | None) -> list[object]:
    """The plain values of the files, out of the cache where it holds these very contents."""
    # Files of the user's own are few and come and go: keeping them would only fill the cache.
    ours = any(place.is_relative_to(_shared(name)) for name in ("knowledge", "prompts"))
    folder = cache or (cache_folder() if ours else None)
    if folder is None:
        return [_values(_compose(content, path), path, set()) for path, content in contents.items()]
    store = folder / f"knowledge-{hashlib.sha256(os.fsencode(place.absolute())).hexdigest()[:16]}.json"
    values = _from_cache(store, digest, len(contents))
    if values is None:
        values = [_values(_compose(content, path), path, set()) for path, content in contents.items()]
        _to_cache(store, digest, values)
    return values


def _bytes(path: Path) -> bytes:
    """The YAML of a file: all of it, or of a Markdown file the head between the lines of three dashes."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise KnowledgeError("没有这个文件", where=_shown(path), next_step="请检查文件名，或重新安装本软件") from None
    except OSError as error:
        raise KnowledgeError(f"文件读不出来（{error.strerror}）", where=_shown(path)) from error
    return _head_of(content, path) if path.suffix == ".md" else content


def _head_of(content: bytes, path: Path) -> bytes:
    """The head, with its first line empty, so that lines count as in the file."""
    head, found, _ = content.replace(b"\r\n", b"\n").removeprefix(b"---").partition(b"\n---\n")
    if not found or not content.startswith(b"---"):
        what = "文件应以两行 --- 之间的文件头开始"
        raise KnowledgeError(what, where=_shown(path, 1), next_step="请照其他同类文件补上")
    return head


def _digest(folder: Path, contents: Mapping[Path, bytes]) -> str:
    total = hashlib.sha256()
    for path, content in contents.items():
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(b"\0")
        total.update(content.replace(b"\r\n", b"\n"))
        total.update(b"\0")
    return total.hexdigest()


# --- YAML ---------------------------------------------------------------------------------------------------------


def _compose(content: bytes, path: Path) -> yaml.Node | None:
    import yaml

    # The C parser is ten times faster; PyYAML built without libyaml lacks it.
    loader_type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.compose(content.decode("utf-8-sig"), Loader=loader_type)
    except UnicodeDecodeError:
        raise KnowledgeError("文件不是 UTF-8 编码", where=_shown(path), next_step="请另存为 UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise KnowledgeError(
            f"不是合法的 YAML（{error.problem or error.context}）",
            where=_shown(path, line),
            next_step="请检查缩进、冒号和引号",
        ) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"不是合法的 YAML（{error}）", where=_shown(path)) from error


_STR = "tag:yaml.org,2002:str"
_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
# What YAML 1.1 guesses from plain characters (yes, 0o17, 2021-01-22, =, <<) stays text.
_GUESSED = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float", "timestamp", "value", "merge"))
_COLLECTIONS = frozenset(("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"))
_PLAIN_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_PLAIN_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


def _values(node: yaml.Node | None, path: Path, seen: set[int]) -> object:
    import yaml

    if node is None:
        return None
    if id(node) in seen:
        raise KnowledgeError("不支持锚点与引用（& 和 *）", where=_shown(path, _line(node)), next_step="请把内容写全")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path)
    if node.tag not in _COLLECTIONS:
        raise _bad_tag(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_values(child, path, seen) for child in node.value]
    assert isinstance(node, yaml.MappingNode)
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = _key(key_node, path)
        if key in mapping:
            raise KnowledgeError(f"键“{key}”重复", where=_shown(path, _line(key_node)), next_step="请只保留一个")
        mapping[key] = _values(value_node, path, seen)
    return mapping


def _key(node: yaml.Node, path: Path) -> str:
    # The written characters are the key: 2021-01-22, on and 16 stay text.
    if isinstance(node.value, str) and node.tag != "tag:yaml.org,2002:merge":
        return node.value
    raise KnowledgeError("键必须是一个词，也不能是 <<", where=_shown(path, _line(node)))


def _scalar(node: yaml.ScalarNode, path: Path) -> object:
    text: str = node.value
    if node.tag == _STR:
        return text
    if node.tag == _NULL:
        return None
    if node.tag == _BOOL and text in ("true", "false"):
        return text == "true"
    if node.tag == _INT and _PLAIN_INT.fullmatch(text):
        return int(text)
    if node.tag == _FLOAT and _PLAIN_FLOAT.fullmatch(text):
        return float(text)
    if node.tag in _GUESSED:
        return text
    raise _bad_tag(node, path)


def _bad_tag(node: yaml.Node, path: Path) -> KnowledgeError:
    return KnowledgeError(f"不支持标签“{node.tag}”", where=_shown(path, _line(node)), next_step="请去掉 ! 开头的标签")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


# --- struct -------------------------------------------------------------------------------------------------------


def _convert(value: object, path: Path, type_: type[T]) -> T:
    try:
        return msgspec.convert(value, type=type_)
    except msgspec.ValidationError as error:
        raise _explain(str(error), path, type_) from error


_AT = re.compile(r" - at `(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING = re.compile(r"Object missing required field `(?P<key>[^`]*)`")
_ENUM = re.compile(r"Invalid enum value (?P<value>.*)")
_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<given>[^`]*)`")
_KINDS = {
    "str": "文字",
    "int": "整数",
    "float": "数",
    "bool": "true 或 false",
    "null": "空",
    "array": "列表",
    "object": "键值表",
    "date": "日期（如 2021-07-15）",
}


def _explain(fault: str, path: Path, type_: object) -> KnowledgeError:
    """The Chinese error for a msgspec message such as "Expected `str`, got `int` - at `$.basis[0].law`"."""
    at = _AT.search(fault)
    steps = [first or second for first, second in _STEP.findall(at["path"])] if at else []
    what = fault[: at.start()] if at else fault
    name = "".join(f"[{int(s) + 1}]" if s.isdigit() else f".{s}" for s in steps if s != "...").lstrip(".")
    key_of = f"“{name}”" if name else "文件"
    if match := _UNKNOWN.match(what):
        allowed = _keys_at(type_, steps)
        near = difflib.get_close_matches(match["key"], allowed, n=1, cutoff=0.5)
        hint = f"是否应为“{near[0]}”？" if near else ""
        return KnowledgeError(
            f"{key_of}中有未知的键“{match['key']}”",
            where=_shown(path, _line_at(path, [*steps, match["key"]])),
            next_step=f"{hint}可用的键：{'、'.join(allowed)}",
        )
    where = _shown(path, _line_at(path, steps))
    if match := _MISSING.match(what):
        return KnowledgeError(f"{key_of}缺少必需的键“{match['key']}”", where=where, next_step="请补上")
    if match := _ENUM.match(what):
        allowed = _choices_at(type_, steps)
        given = match["value"].strip("'\"")
        near = difflib.get_close_matches(given, allowed, n=1, cutoff=0.5)
        hint = f"是否应为“{near[0]}”？" if near else ""
        return KnowledgeError(
            f"{key_of}的值“{given}”不在允许之列", where=where, next_step=f"{hint}可用的值：{'、'.join(allowed)}"
        )
    if match := _EXPECTED.match(what):
        wanted = "或".join(_KINDS.get(part.strip(), part.strip()) for part in match["wanted"].split("|"))
        given = _KINDS.get(match["given"], match["given"])
        return KnowledgeError(f"{key_of}应为{wanted}，实为{given}", where=where)
    return KnowledgeError(f"{key_of}的值不合要求（{what}）", where=where)


def _line_at(path: Path, steps: list[str]) -> int:
    """The line of the node that `steps` lead to, or of the last one on the way that can be told."""
    import yaml

    node = _compose(_bytes(path), path)
    if node is None:
        return 1
    line = _line(node)
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                return line
            line, node = _line(found[0]), found[1]
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = _line(node)
        else:
            return line
    return line


def _types_at(type_: object, steps: list[str]) -> list[msgspec.inspect.Type]:
    """The alternatives of the type that `steps` lead to inside `type_`."""
    import msgspec.inspect as look

    current = _alternatives(look.type_info(type_))
    for step in steps:
        inner: list[look.Type] = []
        for option in current:
            if isinstance(option, look.StructType):
                inner += [field.type for field in option.fields if field.encode_name == step]
            elif isinstance(option, look.DictType):
                inner.append(option.value_type)
            elif isinstance(option, look.ListType | look.VarTupleType | look.SetType | look.FrozenSetType):
                inner.append(option.item_type)
            elif isinstance(option, look.TupleType) and step.isdigit() and int(step) < len(option.item_types):
                inner.append(option.item_types[int(step)])
        current = [one for option in inner for one in _alternatives(option)]
    return current


def _alternatives(info: msgspec.inspect.Type) -> list[msgspec.inspect.Type]:
    import msgspec.inspect as look

    if isinstance(info, look.Metadata):
        return _alternatives(info.type)
    if isinstance(info, look.UnionType):
        return [one for option in info.types for one in _alternatives(option)]
    return [info]


def _keys_at(type_: object, steps: list[str]) -> list[str]:
    import msgspec.inspect as look

    options = _types_at(type_, steps)
    return [field.encode_name for option in options if isinstance(option, look.StructType) for field in option.fields]


def _choices_at(type_: object, steps: list[str]) -> list[str]:
    import msgspec.inspect as look

    choices: list[str] = []
    for option in _types_at(type_, steps):
        if isinstance(option, look.EnumType):
            choices += [str(member.value) for member in option.cls]
        elif isinstance(option, look.LiteralType):
            choices += [str(value) for value in option.values]
    return choices


def _shown(path: Path, line: int = 0) -> str:
    """The path as people read it: below knowledge/ or prompts/ where it lies there."""
    text = str(path)
    for name in ("knowledge", "prompts"):
        root = _shared(name)
        if path.is_relative_to(root):
            text = path.relative_to(root.parent).as_posix()
    return f"{text}:{line}" if line else text


# --- cache --------------------------------------------------------------------------------------------------------


def cache_folder() -> Path | None:
    """The user's cache folder for this product; DRAFT_ASSIST_CACHE_DIR overrides it.

    It may not exist. None when the user has no home: a folder that others can write to would not do.
    """
    if given := os.environ.get(CACHE_VARIABLE):
        return Path(given)
    places = {"win32": "~/AppData/Local", "darwin": "~/Library/Caches"}
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        return Path(base or places.get(sys.platform, "~/.cache")).expanduser() / "draft-assist"
    except RuntimeError:
        return None


def read_kept(name: str, about: bytes, type_: type[T]) -> T | None:
    """What an earlier run worked out and kept in the cache folder; None when there is nothing.

    Args:
        name: of the kind of thing kept; one value of each is kept, the latest.
        about: everything that the value depends on; a value kept about anything else is not read.
        type_: of the value, as JSON.
    """
    folder = cache_folder()
    cached = _from_cache(folder / f"{name}.json", hashlib.sha256(about).hexdigest(), 1) if folder else None
    return msgspec.convert(cached[0], type=type_, strict=False) if cached is not None else None


def keep(name: str, about: bytes, value: object) -> None:
    """Keep a value for `read_kept`; without a cache folder nothing is done."""
    if folder := cache_folder():
        _to_cache(folder / f"{name}.json", hashlib.sha256(about).hexdigest(), [value])


class _Cached(msgspec.Struct, frozen=True):
    format: int
    digest: str
    values: list[object]


def _from_cache(store: Path, digest: str, count: int) -> list[object] | None:
    try:
        cached = msgspec.json.decode(store.read_bytes(), type=_Cached)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    fits = cached.format == CACHE_FORMAT and cached.digest == digest and len(cached.values) == count
    return cached.values if fits else None


def _to_cache(store: Path, digest: str, values: list[object]) -> None:
    """Write through a file of its own and rename, so that a second process never reads half a cache."""
    temporary: Path | None = None
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=store.parent, prefix=store.stem, suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(_Cached(CACHE_FORMAT, digest, values)))
        temporary.replace(store)
    except OSError:
        # A read-only home or a full disk costs speed, nothing else.
        if temporary is not None:
            temporary.unlink(missing_ok=True)
