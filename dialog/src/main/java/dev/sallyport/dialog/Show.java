package dev.sallyport.dialog;

import dev.sallyport.dialog.Replies.Way;

/** Shows a request in the way it asks for; on the thread of Swing. */
final class Show {
  private Show() {
  }

  static void begin(Request request, Replies replies) {
    Deadline deadline = Deadline.after(request.time());
    switch (request.kind()) {
      case MESSAGE, ASK -> window(request, deadline, replies, Way.WINDOW);
      case NOTICE -> {
        if (!TrayFlash.begin(way -> window(request, deadline, replies, way), deadline, replies)) {
          ButtonFlash.begin(way -> window(request, deadline, replies, way), deadline, replies);
        }
      }
    }
  }

  private static void window(Request request, Deadline deadline, Replies replies, Way way) {
    new MessageWindow(request, deadline, answer -> replies.reply(way, answer)).open();
  }
}
