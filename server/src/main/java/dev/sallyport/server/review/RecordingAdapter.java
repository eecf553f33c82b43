package dev.sallyport.server.review;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/** Calls controller methods, and the recorder between a method's end and the first byte of its answer. */
public final class RecordingAdapter extends RequestMappingHandlerAdapter {
  private final RouteRecorder recorder;

  public RecordingAdapter(RouteRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
    return new Recorded(method, recorder);
  }

  private static final class Recorded extends ServletInvocableHandlerMethod {
    private final RouteRecorder recorder;

    Recorded(HandlerMethod method, RouteRecorder recorder) {
      super(method);
      this.recorder = recorder;
    }

    @Override
    public @Nullable Object invokeForRequest(NativeWebRequest request, @Nullable ModelAndViewContainer container,
        @Nullable Object... provided) throws Exception {
      HttpServletRequest asked = request.getNativeRequest(HttpServletRequest.class);
      if (asked == null) {
        throw new IllegalStateException("no request of HTTP");
      }
      Object answer;
      try {
        answer = super.invokeForRequest(request, container, provided);
      } catch (Exception e) {
        recorder.failed(asked, e);
        throw e;
      }
      recorder.done(asked, this, answer);
      return answer;
    }
  }
}
