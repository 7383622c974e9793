"""The list of edge cases, each in its own words, and the tests that show it."""

from collections.abc import Mapping
from typing import Final

LEAVING: Final[Mapping[str, tuple[str, ...]]] = {
    "withdrawn after initials: drafts stay in the log": (
        "test_withdrawn_after_initials_the_drafts_stay_in_the_history",
    ),
    "incomplete, then completed": (
        "test_incomplete_then_completed_the_standard_keeps_its_start_and_the_statute_not",
    ),
    "incomplete, then lapsed": (
        "test_incomplete_then_lapsed_only_when_the_day_to_reply_is_over",
    ),
    "not held, holder known": (
        "test_not_held_and_the_holder_known_the_request_goes_there",
    ),
    "not held, holder unknown": (
        "test_not_held_and_the_holder_unknown_the_requester_is_told_just_that",
    ),
    "wrong agency of the two": (
        "test_the_wrong_agency_of_the_two_passes_the_letter_to_the_right_one",
    ),
    "face to face that becomes written": (
        "test_face_to_face_that_becomes_written_goes_on_as_a_letter_without_the_card",
    ),
}
DAYS_AND_CLOCKS: Final[Mapping[str, tuple[str, ...]]] = {
    "extension on the last allowed day": (
        "test_an_extension_on_the_last_allowed_day_moves_the_statute_and_not_the_promise",
    ),
    "extension after it": ("test_an_extension_after_the_last_allowed_day_is_refused",),
    "extension twice": (
        "test_an_extension_twice_is_refused_though_the_first_left_days_over",
    ),
    "events recorded late (paper first)": (
        "test_events_recorded_late_count_from_when_they_happened",
        "test_a_clock_that_was_thought_missed_is_met_when_the_answer_is_entered_late",
    ),
    "order guard on occurred_at": (
        "test_events_recorded_late_do_not_lie_before_the_last_one_that_happened",
    ),
}
TIERS_AND_OFFICES: Final[Mapping[str, tuple[str, ...]]] = {
    "partial grant with redaction": (
        "test_a_partial_grant_with_redaction_says_why_of_the_part_alone",
    ),
    "returned at tier 2, redraft voids tier 1": (
        "test_returned_at_tier_2_the_redraft_voids_the_initials_of_tier_1",
    ),
    "handler replaced while a draft is in review": (
        "test_the_handler_replaced_while_a_draft_is_in_review_the_draft_stays",
    ),
    "head absent: Plh signs": (
        "test_the_head_absent_the_plh_signs_on_his_days_and_no_others",
    ),
}
COUNTER_AND_PICKUP: Final[Mapping[str, tuple[str, ...]]] = {
    "pickup not collected after n contacts: sent by post": (
        "test_the_pickup_not_collected_after_n_contacts_the_answer_is_posted",
    ),
    "pickup not collected after n contacts: closed with a note": (
        "test_the_pickup_not_collected_after_n_contacts_the_case_is_closed_with_a_note",
    ),
    "phone unreachable": (
        "test_the_phone_unreachable_every_attempt_stands_with_its_time_and_result",
    ),
    "card not returned at closing time": (
        "test_the_card_not_returned_at_closing_time_keeps_the_visit_open",
        "test_a_complaint_about_the_card_that_was_not_returned_hangs_on_the_open_visit",
    ),
    "visitor leaves": (
        "test_the_visitor_leaves_unserved_the_request_is_withdrawn_and_the_card_waits",
    ),
    "wrong card handed back": (
        "test_the_wrong_card_handed_back_stands_in_the_history_and_opens_a_complaint",
    ),
}
LAPOR: Final[Mapping[str, tuple[str, ...]]] = {
    "LAPOR auto-close while our case is open": (
        "test_lapor_auto_close_while_our_case_is_open_closes_nothing_here",
        "test_lapor_auto_close_after_our_answer_is_followed_by_a_person",
    ),
    "reporter replies on day 10": (
        "test_the_reporter_replies_on_day_10_and_is_answered_once_more",
    ),
    "LAPOR report sent back (bukan wewenang)": (
        "test_a_report_sent_back_bukan_wewenang_leaves_with_the_body_it_belongs_to",
    ),
    "duplicate by letter and LAPOR: one answer, both delivered": (
        "test_a_duplicate_by_letter_and_lapor_has_one_answer_that_both_deliver",
    ),
    "LAPOR request that accuses an officer": (
        "test_a_report_that_accuses_an_officer_becomes_a_supervisory_complaint",
    ),
}
COMPLAINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "complaint through each of the four channels": (
        "test_a_complaint_through_each_of_the_four_channels",
    ),
    "complaint, anonymous": ("test_a_complaint_anonymous_points_to_no_complainant",),
    "complaint about no case": (
        "test_a_complaint_about_no_case_has_a_history_of_its_own_only",
    ),
    "complaint about the head (goes to the Sekda)": (
        "test_a_complaint_about_the_head_goes_to_the_regional_secretary",
        "test_a_complaint_about_anybody_else_stays_with_the_agency",
    ),
    "complaint open whatever the case's state": (
        "test_a_complaint_does_not_keep_its_case_from_being_answered_and_closed",
        "test_a_complaint_may_come_when_its_case_is_closed",
    ),
}
OBJECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "objection in time": (
        "test_an_objection_in_time_may_come_in_the_last_minute_of_day_30",
    ),
    "objection late": ("test_an_objection_late_by_a_minute_is_refused",),
    "objection by proxy without power of attorney": (
        "test_an_objection_by_proxy_without_power_of_attorney_is_refused",
    ),
    "objection, ground not matching": (
        "test_an_objection_on_a_ground_not_matching_the_case_is_refused",
    ),
    "objection granted: second delivery on the same case": (
        "test_an_objection_granted_brings_a_second_delivery_on_the_same_case",
    ),
    "refusal issued after the 10 working days: both a and g": (
        "test_a_refusal_issued_after_the_ten_working_days_gives_both_a_and_g",
    ),
}
LISTED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "test_leaving": LEAVING,
    "test_days_and_clocks": DAYS_AND_CLOCKS,
    "test_tiers_and_offices": TIERS_AND_OFFICES,
    "test_counter_and_pickup": COUNTER_AND_PICKUP,
    "test_lapor": LAPOR,
    "test_complaints": COMPLAINTS,
    "test_objections": OBJECTIONS,
}
"""By the module in which the tests stand."""
