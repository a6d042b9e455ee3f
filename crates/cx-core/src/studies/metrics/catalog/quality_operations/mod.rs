//! Metrics of the category `quality_operations`.

mod automation;
mod complaints;
mod contact_centre;
mod delivery;
mod field_service;
mod handling;
mod products;
mod resolution;
mod response;

use crate::studies::metrics::declaration::{Category, Declaration};

/// What all of them share.
const BASE: Declaration = Declaration { category: Category::QualityOperations, ..Declaration::BASE };

pub(super) static METRICS: &[Declaration] = &[
    resolution::FCR_WINDOW,
    resolution::FCR_SURVEY,
    resolution::NEXT_ISSUE_AVOIDANCE,
    response::FIRST_RESPONSE_TIME,
    contact_centre::ASA,
    contact_centre::SERVICE_LEVEL,
    contact_centre::ABANDONMENT_RATE,
    response::RESOLUTION_TIME,
    response::SLA_COMPLIANCE,
    contact_centre::AHT,
    contact_centre::SCHEDULE_ADHERENCE,
    handling::TRANSFER_RATE,
    handling::REOPEN_RATE,
    handling::ESCALATION_RATE,
    field_service::ON_TIME_APPOINTMENT_RATE,
    field_service::MISSED_APPOINTMENT_RATE,
    field_service::FIRST_TIME_FIX_RATE,
    delivery::ON_TIME_DELIVERY,
    delivery::OTIF,
    delivery::PERFECT_ORDER_RATE,
    complaints::COMPLAINT_RATE,
    complaints::COMPLAINT_RESOLUTION_SATISFACTION,
    products::DEFECT_RATE,
    products::RETURN_RATE,
    resolution::REPEAT_CONTACT_RATE,
    complaints::CONTACT_RATE,
    automation::SELF_SERVICE_RATE,
    automation::BOT_CONTAINMENT_RATE,
    automation::BOT_RESOLUTION_RATE,
    automation::PROACTIVE_CONTACT_SHARE,
    handling::QA_SCORE,
    contact_centre::COST_PER_CONTACT,
];
