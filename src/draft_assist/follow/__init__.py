"""Living with a review: findings set aside with a reason, known ones left out, a second round, recorded decisions.

    Report --suppress--> --compare--> --leave_out_known--> Report

Each step takes a report and returns another; none looks into the document again, and without them a report is what
`flow.review` made.
"""
