"""Waivers (« dispenses d’affiliation »): who may stay out of the company's cover, on what proof, until when.

Whoever receives an employee's own request hands it over with `actions.ask`, in the row context of the company or of the
system:

    waiver = ask(by=None, contract=contract, plea=Plea(employee=Employee(…), case=…, first_day=…, words=…, …),
                 files=clean_files, channel=Channel.LINK)

`queries.cases_of(contract, day)` says which cases may be asked for (`rules.Rule`: words, proof, whether an end is asked),
`rules.problems_of(rule, plea, …)` what is wrong with the answers, field by field.
docs/decisions/waivers.md
"""
