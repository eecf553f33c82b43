package dev.sallyport.cli.api;

/** One live event: its resumable id (may be ""), its name and its data (JSON text). */
public record ServerEvent(String id, String name, String data) {}
