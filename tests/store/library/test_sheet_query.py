import time
from collections.abc import Iterator

import pytest

from app.documents.reading.reader import DocumentSource, tables
from app.domain.library.tables import Table
from app.store.library.select_parts import single_select
from app.store.library.sheet_query import QueryRefused, SheetQuery, identifiers

CITIES = """Город;Население, чел.;Основан;Order
Москва;13 010 112;04.04.1147;1
Санкт-Петербург;5 601 911;27.05.1703;2
Новосибирск;1 633 595;30.04.1893;3
Орёл;303 169;05.08.1566;4
"""


def table(text: str = CITIES) -> Table:
    (found,) = tables(DocumentSource("a.csv", data=text.encode()))
    return found


@pytest.fixture
def cities() -> Iterator[SheetQuery]:
    query = SheetQuery(table())
    yield query
    query.close()


def test_names_need_no_quotes(cities: SheetQuery) -> None:
    assert cities.names == ("gorod", "naselenie_chel", "osnovan", "order_")
    columns = table("Height ft (m),Height ft (m),2020,row\na,b,1,c\nd,e,2,f\n").columns
    assert identifiers(columns) == ("height_ft_m", "height_ft_m_2", "c_2020", "row_")


@pytest.mark.parametrize(
    ("query", "rows", "cells"),
    [
        ("SELECT count(*) FROM sheet", ((4,),), ("A2:D5",)),
        ("SELECT sum(naselenie_chel) FROM sheet WHERE order_ > 2", ((1936764,),),
         ("B4:B5", "D4:D5")),
        (
            "SELECT gorod FROM sheet ORDER BY naselenie_chel LIMIT 1",
            (("Орёл",),),
            ("A5:B5",),
        ),
        ("SELECT gorod FROM sheet WHERE osnovan < '1600-01-01' AND order_ > 1", (("Орёл",),),
         ("A5", "C5:D5")),
        ("SELECT max(naselenie_chel) - min(naselenie_chel) FROM sheet", ((12706943,),), ("B2:B5",)),
        ("SELECT order_ FROM sheet WHERE gorod LIKE '%петербург%'", ((2,),), ("A3", "D3")),
        ("SELECT order_ FROM sheet WHERE gorod = 'орел'", ((4,),), ("A5", "D5")),
        ("SELECT row FROM sheet WHERE lower(gorod) LIKE 'МОСК_А'", ((2,),), ("A2",)),
        ("SELECT strftime('%Y', osnovan) FROM sheet WHERE row = 3", (("1703",),), ("C3",)),
        ("SELECT number('157 (48)')", ((157,),), ("A2:D5",)),
        ("WITH old AS (SELECT * FROM sheet WHERE order_ > 1) SELECT count(*) FROM old", ((3,),),
         ("A2:D5",)),
        ("SELECT a.gorod FROM sheet a JOIN sheet b ON a.order_ = b.order_ + 1 WHERE b.row = 2",
         (("Санкт-Петербург",),), ("A2:A5", "D2:D5")),
        ("SELECT 'x' -- a remark\n;", (("x",),), ("A2:D5",)),
        ("SELECT gorod FROM sheet WHERE gorod = 'нет'", (), ()),
    ],
)  # fmt: skip
def test_results_with_their_cells(
    cities: SheetQuery, query: str, rows: object, cells: object
) -> None:
    result = cities.run(query)
    assert (result.rows, result.cells) == (rows, cells)


@pytest.mark.parametrize(
    "query",
    [
        "", "x", "ATTACH 'other.db' AS other", "DETACH main", "PRAGMA table_info(sheet)",
        "SELECT load_extension('x')", "SELECT randomblob(1000000000)", "SELECT zeroblob(1000000)",
        "SELECT hex('a')", "SELECT printf('%1000000000d', 1)", "SELECT char(65)",
        "SELECT readfile('a')", "SELECT writefile('a', 'b')", "SELECT sqlite_version()",
        "INSERT INTO sheet VALUES (9, 1, 2, 3, 4)", "UPDATE sheet SET gorod = 'x'",
        "DELETE FROM sheet", "DROP TABLE sheet", "CREATE TABLE other (a)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TEMP TABLE other AS SELECT * FROM sheet", "ALTER TABLE sheet RENAME TO other",
        "VACUUM", "VACUUM INTO 'copy.db'", "REINDEX", "ANALYZE", "BEGIN", "COMMIT", "SAVEPOINT a",
        "EXPLAIN SELECT 1", "VALUES (1)", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE sheet",
        "SELECT 1 /* ; */; DELETE FROM sheet", "-- x\nDELETE FROM sheet",
        "WITH x AS (SELECT 1) DELETE FROM sheet", "WITH x AS (SELECT 1) INSERT INTO sheet SELECT 1",
        "SELECT * FROM sqlite_master", "SELECT count(*) FROM sqlite_master",
        "SELECT count(*) FROM sqlite_schema", "SELECT count(*) FROM SQLITE_TEMP_SCHEMA",
        "SELECT count(*) FROM main.sqlite_schema", "SELECT count(*) FROM dbstat",
        "SELECT * FROM sqlite_schema", "SELECT sql FROM sqlite_temp_master",
        "SELECT * FROM pragma_database_list", "SELECT count(*) FROM pragma_function_list",
        "SELECT * FROM json_each('[1]')", "SELECT * FROM other", "SELECT x'00'", "SELECT ?",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
        "SELECT " + "(" * 500 + "1" + ")" * 500, "SELECT " + " || ".join(["'x'"] * 500),
        "SELECT '" + "x" * 5000 + "'", "SELECT replace(replace('" + "a" * 900 + "', 'a', '"
        + "b" * 900 + "'), 'b', '" + "c" * 900 + "')",
    ],
)  # fmt: skip
def test_hostile_queries_are_refused(cities: SheetQuery, query: str) -> None:
    with pytest.raises(QueryRefused):
        cities.run(query)
    assert cities.run("SELECT count(*), min(gorod) FROM sheet").rows == ((4, "Москва"),)


@pytest.mark.parametrize(
    "wanted", ["count(*)", "group_concat(a.gorod)", "a.gorod", "max(a.gorod || b.gorod)"]
)
def test_a_huge_join_ends_in_time(cities: SheetQuery, wanted: str) -> None:
    others = ", ".join(f"sheet x{number}" for number in range(14))
    began = time.monotonic()
    with pytest.raises(QueryRefused):
        cities.run(f"SELECT {wanted} FROM sheet a, sheet b, {others} ORDER BY x3.gorod || x5.gorod")
    assert time.monotonic() - began < 8


def test_a_stop_ends_a_query(cities: SheetQuery) -> None:
    others = ", ".join(f"sheet x{number}" for number in range(14))
    began = time.monotonic()
    with pytest.raises(QueryRefused):
        cities.run(f"SELECT count(*) FROM {others}", lambda: True)
    assert time.monotonic() - began < 1


def test_a_pattern_of_many_signs_takes_no_time() -> None:
    query = SheetQuery(table("Text\n" + "\n".join(["a" * 5000] * 20)))
    began = time.monotonic()
    assert query.run(f"SELECT count(*) FROM sheet WHERE text LIKE '{'%a' * 90}%b'").rows == ((0,),)
    assert time.monotonic() - began < 2
    query.close()


def test_a_long_result_is_cut() -> None:
    query = SheetQuery(table("N;M\n" + "\n".join(f"{number};x" for number in range(500))))
    result = query.run("SELECT n FROM sheet")
    assert (len(result.rows), result.cut) == (200, True)
    query.close()


def test_many_scattered_rows_are_one_area() -> None:
    query = SheetQuery(table("N;M\n" + "\n".join(f"{number};x" for number in range(500))))
    assert query.run("SELECT sum(n) FROM sheet WHERE n % 2 = 0").cells == ("A2:A500",)
    query.close()


@pytest.mark.parametrize(
    ("query", "companion"),
    [
        ("SELECT a FROM sheet", "SELECT row FROM sheet"),
        ("select a from sheet s where s.b = 1 order by a limit 2",
         "SELECT row FROM sheet AS s WHERE s.b = 1 ORDER BY a LIMIT 2"),
        ("SELECT count(*) FROM sheet WHERE a = 'from; where' LIMIT 1",
         "SELECT row FROM sheet WHERE a = 'from; where'"),
        ("SELECT a FROM sheet -- join, with\nWHERE b IN (SELECT max(b) FROM sheet) LIMIT 3",
         "SELECT row FROM sheet WHERE b IN (SELECT MAX(b) FROM sheet) LIMIT 3"),
        ("SELECT a, sum(b) FROM sheet GROUP BY a ORDER BY 2 LIMIT 1", "SELECT row FROM sheet"),
        ("SELECT a FROM sheet UNION SELECT b FROM sheet", None),
        ("SELECT a FROM sheet, sheet b", None),
        ("SELECT a FROM (SELECT * FROM sheet)", None),
        ("WITH x AS (SELECT 1) SELECT * FROM x", None),
        ("SELECT 1", None),
        ("", None),
        ("SELECT a FROM", None),
        ("DELETE FROM sheet", None),
    ],
)  # fmt: skip
def test_the_rows_that_a_plain_select_takes(query: str, companion: str | None) -> None:
    assert single_select(query, "row") == companion
