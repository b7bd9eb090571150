"""Compares the rows that conditions give in real databases with those of the plain evaluator.

    databases.py CASES [--postgres DSN] [--spark]

CASES comes from `cargo run -p mktlint-sql --example cases`. DuckDB and SQLite always run. The exit status is 1 when one
condition gives other rows, is NULL for a row, or is refused.
"""
import json
import os
import sqlite3
import sys
import tempfile
import time

ROW = "row_number_of_case"
SHOWN = 10


class Connected:
    """A database behind a Python connection."""

    # How many conditions one query takes.
    together = 1

    def rows(self, *conditions):
        """For each condition, the rows for which it is true."""
        columns = ", ".join(condition_column(condition) for condition in conditions)
        found = self.fetch(f"SELECT {ROW}, {columns} FROM people ORDER BY {ROW}")
        return [judged([(row[0], row[n + 1]) for row in found]) for n in range(len(conditions))]

    def fetch(self, sql):
        return self.connection.execute(sql).fetchall()


class DuckDb(Connected):
    dialect = "duckdb"

    def __init__(self):
        import duckdb
        self.connection = duckdb.connect()
        # The tables are small.
        self.connection.execute("SET threads = 1")
        self.title = f"DuckDB {duckdb.__version__}"

    def fill(self, table):
        self.connection.execute("DROP TABLE IF EXISTS people")
        self.connection.execute(table["create"][self.dialect])
        # One statement: DuckDB takes milliseconds for each.
        marks = "(" + ", ".join("?" for _ in table["columns"]) + ")"
        values = ", ".join(marks for _ in table["rows"])
        cells = [cell for row in table["rows"] for cell in row]
        self.connection.execute(f"INSERT INTO people VALUES {values}", cells)


class Sqlite(Connected):
    dialect = "sqlite"

    def __init__(self):
        self.connection = sqlite3.connect(":memory:")
        self.title = f"SQLite {sqlite3.sqlite_version}"

    def fill(self, table):
        self.connection.execute("DROP TABLE IF EXISTS people")
        self.connection.execute(table["create"][self.dialect])
        marks = ", ".join("?" for _ in table["columns"])
        rows = ([json.dumps(cell) if isinstance(cell, list) else cell for cell in row] for row in table["rows"])
        self.connection.executemany(f"INSERT INTO people VALUES ({marks})", rows)


class Postgres(Connected):
    dialect = "postgres"

    def __init__(self, dsn):
        import psycopg
        self.connection = psycopg.connect(dsn, autocommit=True)
        # Fresh plans cost more here than they save.
        self.connection.prepare_threshold = None
        self.connection.execute("SET jit = off")
        self.title = f"PostgreSQL {self.connection.info.server_version // 10000}"

    def fill(self, table):
        self.connection.execute("DROP TABLE IF EXISTS people")
        self.connection.execute(table["create"][self.dialect])
        marks = ", ".join("%s" for _ in table["columns"])
        with self.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO people VALUES ({marks})", table["rows"])


class Spark(Connected):
    dialect = "spark"
    # A query takes a second, whatever it asks.
    together = 10

    def __init__(self):
        import pyspark
        from pyspark.sql import SparkSession
        builder = SparkSession.builder.master("local[2]").appName("mktlint")
        for name, value in {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": "1",
            "spark.log.level": "ERROR",
        }.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.folder = tempfile.TemporaryDirectory()
        self.title = f"Spark {pyspark.__version__}"

    def fill(self, table):
        create = table["create"][self.dialect]
        columns = create[create.index("(") + 1:create.rindex(")")]
        path = os.path.join(self.folder.name, "people.json")
        with open(path, "w", encoding="utf-8") as file:
            for row in table["rows"]:
                cells = {name: cell for name, cell in zip(table["columns"], row) if cell is not None}
                file.write(json.dumps(cells) + "\n")
        frame = self.session.read.schema(columns).option("mode", "FAILFAST").json(path)
        rows = frame.collect()
        assert len(rows) == len(table["rows"]), "Spark lost rows on the way in"
        self.session.createDataFrame(rows, frame.schema).coalesce(1).cache().createOrReplaceTempView("people")

    def fetch(self, sql):
        return self.session.sql(sql).collect()


def condition_column(condition):
    return f"(\n{condition}\n)"


def judged(rows):
    """The rows for which the condition is true; fails when it is NULL for one."""
    nulls = [row for row, value in rows if value is None]
    if nulls:
        raise ValueError(f"NULL for rows {nulls[:SHOWN]}")
    return [row for row, value in rows if value]


def compare(database, tables, limit=None):
    """How many conditions give something else than expected."""
    started, compared, wrong = time.monotonic(), 0, 0
    for table in tables:
        database.fill(table)
        conditions = table["conditions"][:limit]
        for start in range(0, len(conditions), database.together):
            for condition, rows in answers(database, conditions[start:start + database.together]):
                compared += 1
                if rows != condition["rows"]:
                    wrong += 1
                    if wrong <= SHOWN:
                        show(database, condition, rows)
    seconds = time.monotonic() - started
    print(f"{database.title}: {compared} conditions, {len(tables)} tables, {wrong} wrong, {seconds:.1f} s", flush=True)
    return wrong


def answers(database, conditions):
    """Each condition with its rows, or with what the database says against it."""
    texts = [condition["sql"][database.dialect] for condition in conditions]
    try:
        return list(zip(conditions, database.rows(*texts)))
    except Exception as error:
        if len(conditions) == 1:
            return [(conditions[0], f"{type(error).__name__}: {error}")]
        return [pair for condition in conditions for pair in answers(database, [condition])]


def show(database, condition, rows):
    sql, expected = condition["sql"][database.dialect], condition["rows"]
    print(f"\n{database.title} gives other rows for\n{sql}", file=sys.stderr)
    if isinstance(rows, str):
        print(rows[:2000], file=sys.stderr)
    else:
        print(f"too many: {sorted(set(rows) - set(expected))[:SHOWN]}", file=sys.stderr)
        print(f"missing: {sorted(set(expected) - set(rows))[:SHOWN]}", file=sys.stderr)


def main(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        tables = [json.loads(line) for line in file]
    if not any(table["conditions"] for table in tables):
        raise SystemExit("there is nothing to compare")
    wrong = compare(DuckDb(), tables) + compare(Sqlite(), tables)
    if "--postgres" in arguments:
        wrong += compare(Postgres(arguments[arguments.index("--postgres") + 1]), tables)
    if "--spark" in arguments:
        wrong += compare(Spark(), tables, limit=20)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
