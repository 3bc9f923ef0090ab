"""The SQL that keeps what pages add up, for the migration: totals of invoices, of transfers, the day of payment.

Feeds write `providers_invoice` by bulk statements. A trigger per statement keeps the totals true whoever writes; the day
of payment is read row by row, for paid invoices only.
"""

FOLLOW = """
CREATE FUNCTION invoice_paid_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.paid_on := (
        SELECT transfer.paid_on FROM providers_transfer transfer
        WHERE transfer.transfer_ref = NEW.transfer_ref AND transfer.professional_id = NEW.professional_id
          AND NEW.status = 'paid'
    );
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_paid_on BEFORE INSERT OR UPDATE ON providers_invoice
    FOR EACH ROW WHEN (NEW.status = 'paid' OR NEW.paid_on IS NOT NULL) EXECUTE FUNCTION invoice_paid_on();

CREATE FUNCTION invoice_lines_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE providers_invoiceline SET care_date = NEW.care_date
    WHERE invoice_id = NEW.id AND care_date = OLD.care_date;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_lines_follow AFTER UPDATE OF care_date ON providers_invoice
    FOR EACH ROW WHEN (OLD.care_date IS DISTINCT FROM NEW.care_date) EXECUTE FUNCTION invoice_lines_follow();
"""

# One slot for each day and month that an invoice counts in. Rows come in order, so that two feeds cannot wait for
# one another.
SUM = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO providers_invoicetotal AS kept
        (professional_id, axis, grain, period, standing, mode, count, total, scheme_part, mutual_part, days)
    SELECT one.professional_id, slot.axis, slot.grain, slot.period, one.standing, one.mode, {sign} count(*),
           {sign} sum(one.total), {sign} sum(one.scheme_part), {sign} sum(one.mutual_part),
           {sign} coalesce(sum(CASE WHEN slot.axis = 'paid' THEN greatest(0,
               CASE one.mode WHEN 'DRE' THEN paid.rank - received.rank ELSE one.paid_on - one.received_on END) END), 0)
    FROM changed one
    LEFT JOIN providers_openingday received ON received.day = one.received_on
    LEFT JOIN providers_openingday paid ON paid.day = one.paid_on
    CROSS JOIN LATERAL (VALUES
        ('received', 'day', one.received_on), ('care', 'day', one.care_date),
        ('received', 'month', date_trunc('month', one.received_on::timestamp)::date),
        ('care', 'month', date_trunc('month', one.care_date::timestamp)::date),
        ('paid', 'month', date_trunc('month', one.paid_on::timestamp)::date)
    ) AS slot (axis, grain, period)
    WHERE slot.period IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (professional_id, axis, grain, period, standing, mode) DO UPDATE
    SET count = kept.count + excluded.count, total = kept.total + excluded.total,
        scheme_part = kept.scheme_part + excluded.scheme_part, mutual_part = kept.mutual_part + excluded.mutual_part,
        days = kept.days + excluded.days;

    INSERT INTO providers_transfertotal AS kept (professional_id, transfer_ref, count, unpaid, mutual_part)
    SELECT one.professional_id, one.transfer_ref, {sign} count(*), {sign} count(*) FILTER (WHERE one.status <> 'paid'),
           {sign} sum(one.mutual_part)
    FROM changed one WHERE one.transfer_ref <> '' GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (professional_id, transfer_ref) DO UPDATE
    SET count = kept.count + excluded.count, unpaid = kept.unpaid + excluded.unpaid,
        mutual_part = kept.mutual_part + excluded.mutual_part;
    RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE TRIGGER {name} AFTER {event} ON providers_invoice REFERENCING {rows} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""

SUMMING = "".join(
    [
        SUM.format(name="invoice_count", sign="+"),
        SUM.format(name="invoice_discount", sign="-"),
        TRIGGER.format(name="invoice_counted", event="INSERT", rows="NEW", function="invoice_count"),
        TRIGGER.format(name="invoice_counted_anew", event="UPDATE", rows="NEW", function="invoice_count"),
        TRIGGER.format(name="invoice_discounted_before", event="UPDATE", rows="OLD", function="invoice_discount"),
        TRIGGER.format(name="invoice_discounted", event="DELETE", rows="OLD", function="invoice_discount"),
    ]
)

INSTALL = FOLLOW + SUMMING
REMOVE = """
DROP TRIGGER invoice_discounted ON providers_invoice;
DROP TRIGGER invoice_discounted_before ON providers_invoice;
DROP TRIGGER invoice_counted_anew ON providers_invoice;
DROP TRIGGER invoice_counted ON providers_invoice;
DROP TRIGGER invoice_lines_follow ON providers_invoice;
DROP TRIGGER invoice_paid_on ON providers_invoice;
DROP FUNCTION invoice_discount();
DROP FUNCTION invoice_count();
DROP FUNCTION invoice_lines_follow();
DROP FUNCTION invoice_paid_on();
"""

# The lines by month: as members_benefitline is, with their parent's policy for every partition.
PARTITION_LINES = """
    CREATE TABLE invoice_lines (
        LIKE providers_invoiceline INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
        CONSTRAINT providers_invoiceline_key PRIMARY KEY (id, care_date),
        CONSTRAINT invoice_line_natural_key UNIQUE (invoice_id, line, care_date)
    ) PARTITION BY RANGE (care_date);
    DROP TABLE providers_invoiceline;
    ALTER TABLE invoice_lines RENAME TO providers_invoiceline;
    ALTER TABLE providers_invoiceline ALTER COLUMN id
        ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME providers_invoiceline_id_seq);
    CREATE TABLE providers_invoiceline_other PARTITION OF providers_invoiceline DEFAULT;
    REVOKE ALL ON providers_invoiceline_other FROM app;
"""
