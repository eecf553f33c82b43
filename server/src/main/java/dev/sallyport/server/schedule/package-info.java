/**
 * Orders that are given again and again at certain times (mission row K19, and the groundwork of moonshot 7).
 *
 * <p>A schedule runs as whoever last gave or enabled it, and what that person may do is looked at anew each time. Firing is one transaction: the
 * directive is stored, the schedule moves on to its next time and its history is written, or nothing of it happens.
 */
@NullMarked
package dev.sallyport.server.schedule;

import org.jspecify.annotations.NullMarked;
