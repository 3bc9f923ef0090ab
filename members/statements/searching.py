"""Finding a statement by what is printed on it: words, months, names, amounts. Pure: no database, no clock."""

import re
from decimal import Decimal

from members.statements.contents import TO_OTHER_PARENT, PrintedLine, PrintedStatement
from portals.names import unaccented
from portals.presentation.formats import month_name

AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?")


def speaks_of(statement: PrintedStatement, text: str) -> bool:
    """Whether every word of `text` is printed on the statement, or is one of its amounts in euros."""
    words = _folded(text).split()
    printed = _words_of(statement)
    amounts = _amounts_of(statement)
    return all(word in printed or _is_amount(word, amounts) for word in words)


def _is_amount(word: str, amounts: set[Decimal]) -> bool:
    return AMOUNT.fullmatch(word) is not None and Decimal(word.replace(",", ".")) in amounts


def _folded(text: str) -> str:
    """Lower case without accents; `€` and the spaces of amounts left out, so that `1 234,50 €` is one word."""
    plain = re.sub(r"\s*€", " ", unaccented(text).replace("’", "'"))
    return re.sub(r"\b(\d{1,3}) (?=\d{3}\b)", r"\1", plain)


def _words_of(statement: PrintedStatement) -> str:
    parts = [statement.number, month_name(statement.period), f"{statement.period:%m/%Y}", statement.verification_code]
    for person in statement.persons:
        parts.append(person.name)
        for line in person.lines:
            parts += _words_of_line(line)
    parts += [name for name, _ in statement.others]
    return _folded(" ".join(parts))


def _words_of_line(line: PrintedLine) -> list[str]:
    """A reference of the other parent's account is not printed, so it is not found either."""
    ref = "" if line.paid_to == TO_OTHER_PARENT else line.payment_ref
    return [line.act, line.professional, ref, f"{line.care_date:%d/%m/%Y}"]


def _amounts_of(statement: PrintedStatement) -> set[Decimal]:
    sums = statement.sums
    found = {sums.expense, sums.mutual, sums.own, statement.scheme_net, statement.paid_for_others}
    found |= {payment.amount for payment in statement.payments}
    for person in statement.persons:
        for line in person.lines:
            found |= {line.expense, line.scheme, line.mutual, line.own}
    return {abs(amount) for amount in found}
