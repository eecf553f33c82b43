package dev.sallyport.server.directive.dispatch;

import dev.sallyport.server.directive.record.Directive;
import dev.sallyport.server.directive.record.RunKey;

/** A stored run that has not ended and that nobody carries yet. */
record PendingRun(RunKey key, Directive directive) {}
