package dev.sallyport.server.directive.record;

/**
 * Something with its place in the order of a directive's changes.
 *
 * @param sequence the change's number within its directive
 */
public record Numbered<T>(long sequence, T value) {}
