/** What the operating system has noted: the journal of systemd, files of syslog, the event log of Windows. */
@NullMarked
package dev.sallyport.operation.event;

import org.jspecify.annotations.NullMarked;
