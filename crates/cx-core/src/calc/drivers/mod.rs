//! What an outcome hangs on.

mod logit;

pub(super) use logit::LOGIT;
