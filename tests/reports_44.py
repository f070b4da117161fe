"""Regulation 44 reports in the layouts and voices of the field, read by hand.

Every home, child and event in them is invented. Each comes with the rows that a careful
reader takes from it.
"""

from __future__ import annotations

# ruff: noqa: E501 (the reports keep each paragraph on one line, as documents do)
from dataclasses import dataclass, field
from datetime import date

from corpus.observed import Opinion, QualityStandard, Theme, VisitMeasure

YES, QUALIFIED, NO = Opinion.YES, Opinion.QUALIFIED, Opinion.NO
UNTOLD = Opinion.INSUFFICIENT_EVIDENCE
_Q, _T = QualityStandard, Theme


@dataclass(frozen=True)
class ReadReport:
    """One report, and what stands in it."""

    key: str
    text: str
    visited_on: date
    announced: bool | None
    safeguarded: Opinion
    well_being: Opinion
    counts: dict[VisitMeasure, int | None]
    recommendations: tuple[tuple[Theme, date | None, str | None, str], ...]
    """Theme, by when, whose, and words that the span holds."""
    follow_ups: tuple[tuple[Theme, str, str], ...]
    """Theme, outcome, and words that the span holds."""
    standards: dict[QualityStandard, str] = field(default_factory=dict)
    urn: str | None = None
    setting: str | None = None
    safeguarded_words: str | None = None
    """Words that the span of the opinion holds; None where there is no opinion."""
    well_being_words: str | None = None


FORM = ReadReport(
    key="form of tables",
    text="""# Regulation 44 Independent Visitor's Report

| Name of home: | Fenwick House | URN: | 2512345 |
| --- | --- | --- | --- |
| Date of visit: | 12/03/2026 | Time: | 10.15 to 15.40 |
| Announced / unannounced: | Unannounced | Date of last visit: | 10/02/2026 |
| Registered manager: | P. Ashdown | Visitor: | Marian Holt |

## Section 1: Monthly data

| Measure | Last month | This month | Comment |
| --- | --- | --- | --- |
| Children living in the home | 4 | 4 | One is away on a school trip |
| Significant incidents | 9 | 6 | Five concern one child |
| Physical interventions | 3 | 1 | Seated hold, under two minutes |
| Missing from care episodes | 0 | 2 | Both returned by midnight |
| Complaints | 1 | 0 | |
| Reg 40 notifications | 0 | 1 | Police attended |
| Staff vacancies | 2 | 1 | Night post, out to advert |

## Section 2: Quality standards

| Regulation | Standard | Judgement | Evidence |
| --- | --- | --- | --- |
| 6 | Quality and purpose of care | Met | Meals, routines and bedtimes are as the statement says. |
| 7 | Children's views, wishes and feelings | Partly met | The house meeting lapsed in February. |
| 8 | Education | Met | All four are on roll; two are on reduced hours. |
| 12 | Protection of children | Met | Risk assessments were read and are current. |
| 13 | Leadership and management | Not met | No supervision for three staff since December. |
| 14 | Care planning | Not sampled | |

## Section 3: Actions from the previous visit

| No. | Action | Progress | Outcome |
| --- | --- | --- | --- |
| 1 | Replace the broken window in the lounge | Fitted on 20 February | Completed |
| 2 | Bring return home interviews within 72 hours | One of three was late | Partially met |

## Section 4: Required opinions

| Question | Answer | Reason |
| --- | --- | --- |
| In your opinion are children effectively safeguarded? | Yes | Records and conversations agree. |
| In your opinion does the conduct of the home promote children's wellbeing? | Yes, with one reservation | Supervision gaps are beginning to tell. |

## Section 5: Recommendations

| No. | Recommendation | By whom | By when |
| --- | --- | --- | --- |
| 1 | Complete overdue supervision for the three staff named in the matrix | RM | 31/03/2026 |
| 2 | Restart the weekly house meeting and minute it | Deputy manager | 26/03/2026 |
""",
    visited_on=date(2026, 3, 12),
    announced=False,
    urn="2512345",
    setting="Fenwick House",
    safeguarded=YES,
    safeguarded_words="Yes",
    well_being=QUALIFIED,
    well_being_words="Yes, with one reservation",
    counts={
        "children_living_there": 4,
        "incidents": 6,
        "restraints": 1,
        "missing_episodes": 2,
        "complaints": 0,
        "notifications": 1,
        "staff_vacancies": 1,
    },
    standards={
        _Q.CARE: "met",
        _Q.VIEWS: "partly_met",
        _Q.EDUCATION: "met",
        _Q.PROTECTION: "met",
        _Q.LEADERSHIP: "not_met",
        _Q.PLANNING: "insufficient_evidence",
    },
    recommendations=(
        (
            _T.TRAINING_AND_SUPERVISION,
            date(2026, 3, 31),
            "registered manager",
            "Complete overdue",
        ),
        (_T.CHILDRENS_VIEWS, date(2026, 3, 26), "deputy manager", "Restart the weekly"),
    ),
    follow_ups=(
        (_T.PREMISES, "met", "Replace the broken window"),
        (_T.MISSING, "partly_met", "return home interviews"),
    ),
)

LETTER = ReadReport(
    key="letter in plain prose",
    text="""Report of the independent person: The Old Vicarage

I visited The Old Vicarage on Thursday 5th February 2026, arriving at four without having told anybody. Two young people live at the home at the moment and I spent time with both. The registered manager was on leave, so I was shown round by a senior.

It has been a hard month. Nobody was restrained, but Child A was reported missing three times, and there have been eleven incidents in all since my last visit, against four the month before. Two complaints were received, one of them from the neighbour at number nine. The team is carrying three vacant posts.

Last month I asked for the fire drill at night to be repeated. That has not been done. I also asked for Child B's health assessment to be booked; this is complete, and the dentist has been seen as well.

The manager told me that children are safe here and that she has no concerns. For my own part I am not satisfied that children are effectively safeguarded: three missing episodes in a month, with no change to the plan, is not good enough. I am satisfied that in its ordinary days the home promotes the children's well-being, although the evenings are thin.

I recommend that the registered manager rewrites Child A's missing plan with the police by 12 February 2026. I also recommend that the responsible individual sets out how the three posts will be filled, by the end of February. Finally, I ask that the night fire drill takes place before 10 February.
""",
    visited_on=date(2026, 2, 5),
    announced=False,
    safeguarded=NO,
    safeguarded_words="I am not satisfied that children are effectively safeguarded",
    well_being=QUALIFIED,
    well_being_words="although the evenings are thin",
    counts={
        "children_living_there": 2,
        "restraints": 0,
        "missing_episodes": 3,
        "incidents": 11,
        "complaints": 2,
        "staff_vacancies": 3,
    },
    recommendations=(
        (
            _T.MISSING,
            date(2026, 2, 12),
            "registered manager",
            "missing plan with the police",
        ),
        (
            _T.STAFFING,
            date(2026, 2, 28),
            "responsible individual",
            "three posts will be filled",
        ),
        (_T.FIRE_SAFETY, date(2026, 2, 10), None, "night fire drill"),
    ),
    follow_ups=(
        (_T.FIRE_SAFETY, "not_met", "That has not been done"),
        (_T.MEDICATION_AND_HEALTH, "met", "this is complete"),
    ),
)

BULLETS = ReadReport(
    key="terse bullets",
    text="""# Reg 44 - Tollgate - Jan 2026

- Visit: 14.01.26, announced (manager asked for a day when the children would be in)
- Visitor: independent person, third visit
- Children: 3 of 4 beds filled. Saw 2.

**Numbers**

- Incidents: 2
- Restraints: nil
- MFC: none. (Missing episodes: 0)
- Complaints: 1 (food)
- Reg 40s: 0
- Vacancies (staff): none, fully staffed

**Previous actions**

- Carpet on stairs - done
- PEP for YP2 - still outstanding, school chased
- Advocacy poster - not checked, ran out of time

**Opinion**

- Safeguarded? Yes.
- Well-being promoted? Yes.

**Actions**

1. YP2's PEP meeting to be held. RM, 30.01.26
2. Menu to be agreed with the children. Key workers. 21.01.26
3. Thermometer for the medicine fridge. RM, asap
""",
    visited_on=date(2026, 1, 14),
    announced=True,
    safeguarded=YES,
    safeguarded_words="Yes",
    well_being=YES,
    well_being_words="Yes",
    counts={
        "children_living_there": 3,
        "incidents": 2,
        "restraints": 0,
        "missing_episodes": 0,
        "complaints": 1,
        "notifications": 0,
        "staff_vacancies": 0,
    },
    recommendations=(
        (_T.EDUCATION, date(2026, 1, 30), "registered manager", "PEP meeting"),
        (_T.CHILDRENS_VIEWS, date(2026, 1, 21), "key worker", "Menu to be agreed"),
        (_T.MEDICATION_AND_HEALTH, None, "registered manager", "medicine fridge"),
    ),
    follow_ups=(
        (_T.PREMISES, "met", "Carpet on stairs"),
        (_T.EDUCATION, "not_met", "PEP for YP2"),
        (_T.CHILDRENS_VIEWS, "insufficient_evidence", "Advocacy poster"),
    ),
)

BY_REGULATION = ReadReport(
    key="numbered paragraphs by regulation",
    text="""# Independent person's report under Regulation 44

Home: Larch Bank

Date of visit: Tuesday 18 November 2025

1. The visit

1.1 The visit was unannounced and lasted five hours. There are five children in placement; the home is registered for six.

1.2 Since the previous visit there have been seven incidents, two of which were restraints. No child went missing. There were no complaints and one notification was made to Ofsted.

2. Regulation 6: the quality and purpose of care standard

2.1 The house was warm and unhurried. I consider this standard to be met.

3. Regulation 11: the positive relationships standard

3.1 Both restraints were reviewed by the manager within two days. One debrief with a child is missing. The standard is partly met.

4. Regulation 12: the protection of children standard

4.1 I read four files. Staff met the local police team in October. This standard is met.

5. Regulation 13: the leadership and management standard

5.1 The acting manager has been in post for six weeks and has not yet applied to be registered. The standard is not met.

6. Recommendations made at the last visit

6.1 Recommendation 1, that the matching assessment be signed, has been met.

6.2 Recommendation 2, that agency staff be inducted before a first shift, has been met in part: two of five files hold no record of it.

7. Opinion of the independent person

7.1 Regulation 44(4) requires me to say whether children are effectively safeguarded and whether the conduct of the home promotes their well-being.

7.2 In my opinion children are effectively safeguarded. However, this depends on the acting manager being there every day, and she cannot be.

7.3 In my opinion the conduct of the home promotes the children's well-being.

8. Recommendations

8.1 The acting manager should hold and record a debrief with the child concerned by 25 November 2025.

8.2 The registered provider should submit the application to register a manager no later than 5 December 2025.

9. Distribution

9.1 Copies go to the provider, to Ofsted and to the placing authorities.
""",
    visited_on=date(2025, 11, 18),
    announced=False,
    setting="Larch Bank",
    safeguarded=QUALIFIED,
    safeguarded_words="However, this depends on the acting manager",
    well_being=YES,
    well_being_words="In my opinion the conduct of the home promotes",
    counts={
        "children_living_there": 5,
        "incidents": 7,
        "restraints": 2,
        "missing_episodes": 0,
        "complaints": 0,
        "notifications": 1,
    },
    standards={
        _Q.CARE: "met",
        _Q.RELATIONSHIPS: "partly_met",
        _Q.PROTECTION: "met",
        _Q.LEADERSHIP: "not_met",
    },
    recommendations=(
        (_T.RESTRAINT, date(2025, 11, 25), "acting manager", "record a debrief"),
        (
            _T.MANAGEMENT,
            date(2025, 12, 5),
            "registered provider",
            "application to register",
        ),
    ),
    follow_ups=(
        (_T.RISK_ASSESSMENT, "met", "Recommendation 1"),
        (_T.STAFFING, "partly_met", "Recommendation 2"),
    ),
)

CAPITALS = ReadReport(
    key="capitals and hard line breaks",
    text="""REGULATION 44 VISIT
MILLBROOK, 22 AUGUST 2025

TYPE OF VISIT: ANNOUNCED

INTRODUCTION

I spoke to three of the four young people who live at Millbrook, to
two social workers by telephone, and to the deputy.

EVENTS SINCE THE LAST VISIT

There have been no incidents, restraints or missing episodes this
month. One complaint, about wi-fi, was resolved the same day. There
were no notifications. The home has two staff vacancies.

FOLLOW UP FROM JULY

Both recommendations from July have been met. The bathroom has been
retiled, and the training matrix is up to date.

CONCLUSIONS

I have seen nothing to suggest that children are not effectively
safeguarded at Millbrook. The conduct of the home promotes the
well-being of the young people, and two of them told me so
themselves.

RECOMMENDATIONS

None this month. I would like to thank the staff for their welcome.
""",
    visited_on=date(2025, 8, 22),
    announced=True,
    safeguarded=YES,
    safeguarded_words="nothing to suggest that children are not",
    well_being=YES,
    well_being_words="promotes",
    counts={
        "children_living_there": 4,
        "incidents": 0,
        "restraints": 0,
        "missing_episodes": 0,
        "complaints": 1,
        "notifications": 0,
        "staff_vacancies": 2,
    },
    recommendations=(),
    follow_ups=((_T.OTHER, "met", "Both recommendations from July have been met"),),
)

SILENT = ReadReport(
    key="no opinion on well-being",
    text="""## Monthly visit report: Quarry Cottage

**Date:** 9 June 2025

**Was the visit announced?** No

### What I looked at

The rota, two care files, the medication cabinet, the complaints book. Ofsted judged the home good in March and found that children's well-being is promoted. The manager is confident that the conduct of the home promotes children's well-being, and one young person said "it's alright, they look after you".

### What I found

A young person was moved at short notice. There were several incidents after school; the incident log was not available when I asked for it, so I give no number. Restraint training is at 80 per cent. Number of restraints: 2. Missing episodes rose from one to four. Over the last twelve months there have been nine complaints.

### Safeguarding opinion

There is insufficient evidence for me to say whether the children are effectively safeguarded: I could not see the incident log, and one file held no risk assessment.

### What I ask for

* The incident log must be kept in the office and shown on request. Owner: registered manager. Deadline: 16 June 2025.
* A risk assessment for the child who arrived in May, within five working days. Owner: deputy.
""",
    visited_on=date(2025, 6, 9),
    announced=False,
    safeguarded=UNTOLD,
    safeguarded_words="insufficient evidence for me to say",
    well_being=UNTOLD,
    well_being_words=None,
    counts={"incidents": None, "restraints": 2, "missing_episodes": 4},
    recommendations=(
        (
            _T.RECORDS,
            date(2025, 6, 16),
            "registered manager",
            "incident log must be kept",
        ),
        (
            _T.RISK_ASSESSMENT,
            date(2025, 6, 16),
            "deputy manager",
            "risk assessment for the child",
        ),
    ),
    follow_ups=(),
)

QUESTIONS = ReadReport(
    key="questions and answers",
    text="""# Regulation 44 report for Seaview (SC489012)

Provider: Harbour Living Ltd
URN: SC489012
Visit date: 2 May 2025
Type of visit: Unannounced

## How many children are living at the home?

Three. A fourth is expected next week.

## What has happened since the last visit?

The home has recorded four incidents and one physical intervention. One young person was missing on two occasions. A complaint was received from a parent.

## Were the recommendations of the last visit carried out?

1. Weekly checks of the first aid boxes: yes, seen.
2. A repair to the garden gate: no. The landlord has been written to twice.
3. Key-work sessions to be recorded every week: ongoing.

## Are children effectively safeguarded?

I am unable to give an opinion this month. The strategy meeting about the allegation of 24 April has not yet been held.

## Does the conduct of the home promote the well-being of the children?

Largely. Routines are kind and reliable. The exception is the summer timetable, which nobody has started to write.

## What do you recommend?

1. That the gate is repaired and made safe (responsible individual, by 9 May 2025).
2. That a plan of activities for the summer is written with the children (manager, by the end of May 2025).
3. That the outcome of the strategy meeting is sent to me (registered manager).
""",
    visited_on=date(2025, 5, 2),
    announced=False,
    urn="SC489012",
    safeguarded=UNTOLD,
    safeguarded_words="unable to give an opinion",
    well_being=QUALIFIED,
    well_being_words="Largely",
    counts={
        "children_living_there": 3,
        "incidents": 4,
        "restraints": 1,
        "missing_episodes": 2,
        "complaints": 1,
    },
    recommendations=(
        (_T.PREMISES, date(2025, 5, 9), "responsible individual", "gate is repaired"),
        (_T.CHILDRENS_VIEWS, date(2025, 5, 31), "manager", "plan of activities"),
        (_T.SAFEGUARDING, None, "registered manager", "strategy meeting"),
    ),
    follow_ups=(
        (_T.MEDICATION_AND_HEALTH, "met", "first aid boxes"),
        (_T.PREMISES, "not_met", "garden gate"),
        (_T.CARE_PLANNING, "partly_met", "Key-work sessions"),
    ),
)

ADVERSE = ReadReport(
    key="adverse, with repeated recommendations",
    text="""# Report of visit under regulation 44 - Hollybush

Date of visit: 30th October 2025. Date report sent: 4th November 2025.

This was an unannounced visit. Four children were living in the home.

## Summary

I regret to say that, for the second month running, I cannot report good progress. There were fourteen incidents (nine in September), five restraints, one of which led to an injury, and six episodes of going missing by two children. Three notifiable events were reported to Ofsted. Records of complaints were not provided.

## My opinion

(a) I do not consider that children living at Hollybush are effectively safeguarded.

(b) Nor do I consider that the conduct of the home promotes their well-being. Last month I said that it did.

## Progress on my recommendations of September

- Agency workers not to work nights alone: not met. On 11 and 12 October a single agency worker was on duty.
- Behaviour support plan for Child C: begun but not finished.
- Medication audits: met.

## My recommendations

- No agency worker to work a night alone. I make this recommendation for the second time. Responsible individual, with immediate effect.
- Finish Child C's behaviour support plan and share it with school. Registered manager, by Friday 7 November.
- Hold a disruption meeting with the placing authority of Child D. Registered manager, by 14/11/25.
""",
    visited_on=date(2025, 10, 30),
    announced=False,
    safeguarded=NO,
    safeguarded_words="I do not consider",
    well_being=NO,
    well_being_words="Nor do I consider",
    counts={
        "children_living_there": 4,
        "incidents": 14,
        "restraints": 5,
        "missing_episodes": 6,
        "notifications": 3,
    },
    recommendations=(
        (
            _T.STAFFING,
            None,
            "responsible individual",
            "No agency worker to work a night",
        ),
        (
            _T.RESTRAINT,
            date(2025, 11, 7),
            "registered manager",
            "behaviour support plan",
        ),
        (
            _T.CARE_PLANNING,
            date(2025, 11, 14),
            "registered manager",
            "disruption meeting",
        ),
    ),
    follow_ups=(
        (_T.STAFFING, "not_met", "Agency workers"),
        (_T.RESTRAINT, "partly_met", "Behaviour support plan"),
        (_T.MEDICATION_AND_HEALTH, "met", "Medication audits"),
    ),
)

SHORT = ReadReport(
    key="half a page",
    text="""Reg 44 visit, Beech Lodge, 3 December 2025. By arrangement, because the only child is at college.

One child lives here. No incidents. Physical intervention has not been used. He went missing once, for an hour. Neither a complaint nor a notification this month.

My recommendation from November, to fix the boiler, is still outstanding.

It is my opinion that the child is effectively safeguarded and that the conduct of the home promotes his well-being.

Recommendation: the responsible individual to have the boiler repaired within 14 days.
""",
    visited_on=date(2025, 12, 3),
    announced=True,
    safeguarded=YES,
    safeguarded_words="effectively safeguarded",
    well_being=YES,
    well_being_words="promotes his well-being",
    counts={
        "children_living_there": 1,
        "incidents": 0,
        "restraints": 0,
        "missing_episodes": 1,
        "complaints": 0,
        "notifications": 0,
    },
    recommendations=(
        (_T.PREMISES, date(2025, 12, 17), "responsible individual", "boiler repaired"),
    ),
    follow_ups=((_T.PREMISES, "not_met", "fix the boiler"),),
)

REPORTS = (
    FORM, LETTER, BULLETS, BY_REGULATION, CAPITALS, SILENT, QUESTIONS, ADVERSE, SHORT,
)  # fmt: skip
