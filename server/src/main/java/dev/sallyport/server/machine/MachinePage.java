package dev.sallyport.server.machine;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of machines.
 *
 * @param next what to ask with for the page after this; null at the end
 */
public record MachinePage(List<MachineView> machines, @Nullable String next) {}
