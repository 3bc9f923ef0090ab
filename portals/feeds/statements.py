"""The SQL of one kind for one file: who is referred to, what is wrong, what differs, what is written."""

from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql

from portals.feeds.columns import Column
from portals.feeds.header import Layout
from portals.feeds.kinds import Check, FeedKind, Held, Reference, Secret

COMMA = sql.SQL(", ")
LINE_BREAK = sql.SQL("\n")
NOT_YET_REJECTED = sql.SQL("NOT EXISTS (SELECT FROM feed_rejects r WHERE r.line = found.line)")


@dataclass(frozen=True)
class Statements:
    """Columns that the file does not have are left alone by updates, and empty in new rows."""

    kind: FeedKind
    layout: Layout

    @property
    def compared(self) -> list[Column]:
        """The columns of the file by which rows are found: the natural key and the references."""
        names = {*self.kind.key, *(reference.column for reference in self.kind.references)}
        return [column for column in self.layout.columns if column.name in names]

    # --- What is wrong, and what differs ---

    def examine(self) -> sql.Composed:
        """`feed_verdict`: one pass over what is staged keeps the rows that are wrong, new or unlike what is stored.

        `problem` is the first thing wrong (its place among `problems`), `current_id` the stored row (NULL: new).
        """
        cases = [
            sql.SQL("WHEN {} THEN {}").format(sql.SQL(problem.condition), sql.Literal(number))
            for number, problem in enumerate(self.problems)
        ]
        target = [
            sql.SQL("t.{} = {}").format(sql.Identifier(column), sql.SQL(value))
            for column, value in self.kind.match.items()
        ]
        return sql.SQL(
            "CREATE TEMPORARY TABLE feed_verdict AS SELECT line, problem, current_id, current_part FROM ("
            " SELECT s.line, {problem} AS problem, t.id AS current_id, {part} AS current_part,"
            " t.id IS NULL OR {differs} AS to_write"
            " FROM feed_staging s {references} LEFT JOIN {table} t ON {target}"
            " OFFSET 0"  # keeps the planner from computing `problem` twice
            ") examined WHERE to_write OR problem IS NOT NULL"
        ).format(
            problem=sql.SQL("CASE {} END").format(LINE_BREAK.join(cases)) if cases else sql.SQL("NULL::integer"),
            part=sql.SQL("t.{}").format(self._part()) if self.kind.partitioned_by else sql.SQL("NULL::date"),
            differs=self._differs(),
            references=self._joins(loose=True),
            table=sql.Identifier(self.kind.table),
            target=sql.SQL(" AND ").join(target),
        )

    def reject_problems(self) -> sql.Composed:
        words = [
            sql.SQL("({}, {}, {}, {})").format(*map(sql.Literal, (number, p.column, p.code, p.message)))
            for number, p in enumerate(self.problems)
        ] or [sql.SQL("({}, '', '', '')").format(sql.Literal(0))]
        return sql.SQL(
            "INSERT INTO feed_rejects SELECT v.line, words.name, words.code, words.message FROM feed_verdict v"
            " JOIN (VALUES {}) words (number, name, code, message) ON words.number = v.problem"
        ).format(COMMA.join(words))

    def reject_repeated_keys(self) -> sql.Composed:
        """Every row but the first with the same natural key. Hashes come first: a million of them fit in memory."""
        keys = COMMA.join(_in_staging(self.kind, name) for name in self.kind.key)
        names = ", ".join(self.kind.key)
        return sql.SQL(
            "INSERT INTO feed_rejects SELECT found.line, {column}, 'duplicate_key', {message} FROM ("
            " SELECT s.line, row_number() OVER (PARTITION BY {keys} ORDER BY s.line) AS nth FROM feed_staging s"
            " WHERE {hash} IN (SELECT {hash} FROM feed_staging s GROUP BY 1 HAVING count(*) > 1)"
            ") found WHERE nth > 1 AND {new}"
        ).format(
            column=sql.Literal(self.kind.key[0]),
            message=sql.Literal(f"la clé ({names}) est déjà sur une ligne précédente du fichier"),
            keys=keys,
            hash=sql.SQL("hashtextextended(concat_ws(E'\\x1f', {}), 0)").format(keys)
            if len(self.kind.key) > 1
            else sql.SQL("hashtextextended({}, 0)").format(keys),
            new=NOT_YET_REJECTED,
        )

    def reject_by_set(self) -> list[sql.Composed]:
        return [
            sql.SQL("INSERT INTO feed_rejects SELECT found.line, {}, {}, {} FROM ({}) found WHERE {}").format(
                sql.Literal(check.column),
                sql.Literal(check.code),
                sql.Literal(check.message),
                sql.SQL(check.query),
                NOT_YET_REJECTED,
            )
            for check in self.kind.set_checks
        ]

    # --- Where it goes ---

    def months(self) -> list[tuple[LiteralString, sql.Composed]]:
        """Each partitioned table that the file needs months of, and the statement that gives them. May read tables."""
        found: list[tuple[LiteralString, sql.Composed]] = []
        if self.kind.partitioned_by:
            found.append((self.kind.table, self._months_by(self._part_value())))
        if self.kind.months_of:
            table, column = self.kind.months_of
            found.append((table, self._months_by(_in_staging(self.kind, column))))
        return found

    def _months_by(self, day: sql.Composable) -> sql.Composed:
        joins = self._joins(loose=True) if self.kind.partitioned_by in self.kind.written else sql.SQL("")
        return sql.SQL(
            "SELECT DISTINCT date_trunc('month', {day})::date FROM feed_staging s {joins} WHERE {day} IS NOT NULL"
        ).format(day=day, joins=joins)

    # --- What is written ---

    def update(self) -> sql.Composed:
        """Changed rows; their month may change, and the row then moves to another partition."""
        sealed = {f"{secret.column}_sealed": self._resealed(secret.column) for secret in self._secrets()}
        values = self._updated() | sealed
        return sql.SQL(
            "UPDATE {table} t SET {values} FROM feed_verdict v JOIN feed_staging s ON s.line = v.line {refs} {sealed}"
            " WHERE t.id = v.current_id {same_part}"
        ).format(
            table=sql.Identifier(self.kind.table),
            values=COMMA.join(sql.SQL("{} = {}").format(sql.Identifier(name), value) for name, value in values.items()),
            refs=self._joins(),
            sealed=self._sealed(),
            same_part=(
                sql.SQL("AND t.{} = v.current_part").format(self._part()) if self.kind.partitioned_by else sql.SQL("")
            ),
        )

    def insert(self, *, everything: bool) -> sql.Composed:
        """New rows; `everything`: all staged rows are new, so that no verdict needs to be looked up."""
        values = {
            **{column: sql.SQL(value) for column, value in self.kind.match.items()},
            **{name: _staged(column) for name, column in self._plain_columns()},
            **{name: sql.SQL(value) for name, value in self.kind.written.items()},
            **self._indexes(),
            **{f"{secret.column}_sealed": _sealed_column(secret.column) for secret in self._secrets()},
        }
        only_new = sql.SQL("" if everything else "JOIN feed_verdict v ON v.line = s.line AND v.current_id IS NULL")
        return sql.SQL(
            "INSERT INTO {table} ({names}) SELECT {values} FROM feed_staging s {refs} {only} {sealed} {order}"
        ).format(
            table=sql.Identifier(self.kind.table),
            names=COMMA.join(map(sql.Identifier, values)),
            values=COMMA.join(values.values()),
            refs=self._joins(),
            only=only_new,
            # One partition after the other: a third less work than jumping between forty-seven.
            order=sql.SQL("ORDER BY {}").format(self._part_value()) if self.kind.partitioned_by else sql.SQL(""),
            sealed=self._sealed(),
        )

    # --- Parts ---

    @property
    def problems(self) -> list[Check]:
        """What can be wrong with a row by itself, in the order in which it is told."""
        return [*map(_unknown, self._references(made=False)), *self.kind.checks]

    def _differs(self) -> sql.Composable:
        compared = self._updated()
        if not compared:
            return sql.SQL("false")
        stored = COMMA.join(sql.SQL("t.{}").format(sql.Identifier(column)) for column in compared)
        return sql.SQL("({}) IS DISTINCT FROM ({})").format(stored, COMMA.join(compared.values()))

    def _references(self, *, made: bool | None = None) -> list[Reference]:
        names = self.layout.names
        return [r for r in self.kind.references if r.column in names and made in (None, r.made)]

    def _secrets(self) -> list[Secret]:
        return [secret for secret in self.kind.secrets if secret.column in self.layout.names]

    def _joins(self, *, loose: bool = False) -> sql.Composed:
        """The references; `loose` keeps rows whose reference is unknown."""
        joins = []
        for reference in self._references():
            column = self.kind.column(reference.column)
            left = loose or column is None or not column.required
            joins.append(
                sql.SQL("{} JOIN {} {} ON {}.{} = s.{} {}").format(
                    sql.SQL("LEFT" if left else ""),
                    sql.Identifier(reference.table),
                    sql.Identifier(reference.alias),
                    sql.Identifier(reference.alias),
                    sql.Identifier(reference.match),
                    sql.Identifier(reference.column),
                    sql.SQL(f"AND {reference.within}" if reference.within else ""),
                )
            )
        return LINE_BREAK.join(joins)

    def _plain_columns(self) -> list[tuple[str, Column]]:
        return [
            (column.written_to, column)
            for column in self.kind.columns
            if column.written_to is not None and column.written_to not in self.kind.match
        ]

    def _indexes(self) -> dict[str, sql.Composable]:
        names = [f"{secret.column}_index" for secret in self._secrets()]
        return {name: sql.SQL("s.{}").format(sql.Identifier(name)) for name in names}

    def _updated(self) -> dict[str, sql.Composable]:
        """Columns of the table that this file says something about, beyond the natural key."""
        plain = {name: _staged(column) for name, column in self._plain_columns() if column in self.layout.columns}
        values = plain | {name: sql.SQL(value) for name, value in self.kind.written.items()} | self._indexes()
        for held in self.kind.held:
            values |= self._with_held(held, values)
        return values

    def _with_held(self, held: Held, values: dict[str, sql.Composable]) -> dict[str, sql.Composable]:
        """The columns of the file that a change made in a space may hold, and its marker."""
        mine = {name: values[name] for name in held.columns if name in values}
        if not mine:
            return {}
        stays = self._stays(held)
        kept: dict[str, sql.Composable] = {
            name: sql.SQL("CASE WHEN {} THEN t.{} ELSE {} END").format(stays, sql.Identifier(name), value)
            for name, value in mine.items()
        }
        if not held.marker:
            return kept
        marker = sql.Identifier(held.marker)
        return kept | {held.marker: sql.SQL("CASE WHEN {} THEN t.{} END").format(stays, marker)}

    def _stays(self, held: Held) -> sql.Composable:
        if not held.marker or set(held.told_by) <= set(self.layout.names):
            return sql.SQL("({})").format(sql.SQL(held.condition))
        return sql.SQL("t.{} IS NOT NULL").format(sql.Identifier(held.marker))

    def _resealed(self, name: str) -> sql.Composable:
        """What is sealed already is kept when its value is the same, or held."""
        index = f"{name}_index"
        held = next((held for held in self.kind.held if index in held.columns), None)
        same = sql.SQL("t.{index} IS NOT DISTINCT FROM s.{index}").format(index=sql.Identifier(index))
        stays = sql.SQL("({} OR {})").format(self._stays(held), same) if held else same
        return sql.SQL("CASE WHEN {stays} THEN t.{old} ELSE {new} END").format(
            stays=stays, new=_sealed_column(name), old=sql.Identifier(f"{name}_sealed")
        )

    def _sealed(self) -> sql.Composable:
        return sql.SQL("LEFT JOIN feed_sealed sealed ON sealed.line = s.line" if self._secrets() else "")

    def _part(self) -> sql.Identifier:
        return sql.Identifier(self.kind.partitioned_by)

    def _part_value(self) -> sql.Composable:
        """The day of a staged row by which its table is partitioned."""
        written = self.kind.written.get(self.kind.partitioned_by)
        return sql.SQL(written) if written else _in_staging(self.kind, self.kind.partitioned_by)


def _unknown(reference: Reference) -> Check:
    condition = f"s.{reference.column} IS NOT NULL AND {reference.alias}.{reference.match} IS NULL"
    return Check("unknown_reference", reference.column, "ne désigne rien de connu", condition)


def _in_staging(kind: FeedKind, name: str) -> sql.Composed:
    """The staged value of a column of the file, by its name there."""
    column = kind.column(name)
    return sql.SQL("s.{}").format(sql.Identifier(column.in_staging if column else name))


def _staged(column: Column) -> sql.Composable:
    """The staged value as the table takes it: no text is '', unless the column has a default."""
    staged = sql.SQL("s.{}").format(sql.Identifier(column.in_staging))
    if column.required:
        return staged
    default = _absent(column)
    return staged if default == sql.SQL("NULL") else sql.SQL("coalesce({}, {})").format(staged, default)


def _absent(column: Column) -> sql.Composable:
    if column.default:
        return sql.SQL("{}::{}").format(sql.Literal(column.default), sql.SQL(column.type.sql))
    return sql.SQL("''" if column.type.sql == "text" else "NULL")


def _sealed_column(name: str) -> sql.Composable:
    return sql.SQL("sealed.{}").format(sql.Identifier(f"{name}_sealed"))
