package dev.sallyport.server.directive.record;

/**
 * Names one run: a directive has exactly one per machine.
 *
 * @param directive the directive's id
 * @param machine the machine's id
 */
public record RunKey(String directive, String machine) {}
