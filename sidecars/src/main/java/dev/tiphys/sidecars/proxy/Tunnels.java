package dev.tiphys.sidecars.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Callback;

/** Opens a tunnel for each CONNECT, counts what goes through, and sees it end. */
final class Tunnels extends ConnectHandler {
  private static final String OBSERVATION = "observation";
  private static final String CLIENT = "client";
  private static final int BUFFER_BYTES = 32 << 10;

  /** For all other requests there is the proxy. */
  Tunnels(Handler proxy) {
    super(proxy);
    // a tunnel may be silent for as long as its two ends like
    setIdleTimeout(0);
    setBufferSize(BUFFER_BYTES);
  }

  @Override
  protected void prepareContext(Request request, ConcurrentMap<String, Object> context) {
    context.put(OBSERVATION, Observation.of(request));
  }

  @Override
  protected DownstreamConnection newDownstreamConnection(
      EndPoint endPoint, ConcurrentMap<String, Object> context) {
    context.put(CLIENT, endPoint);
    return super.newDownstreamConnection(endPoint, context);
  }

  @Override
  protected UpstreamConnection newUpstreamConnection(
      EndPoint endPoint, ConnectContext connectContext) {
    Observation observation = Observation.of(connectContext.getRequest());
    return new UpstreamConnection(endPoint, getExecutor(), getByteBufferPool(), connectContext) {
      @Override
      public void onClose(Throwable cause) {
        super.onClose(cause);
        if (cause != null) {
          observation.failed(cause);
        }
        observation.end();
      }
    };
  }

  @Override
  protected void write(
      EndPoint endPoint,
      ByteBuffer buffer,
      Callback callback,
      ConcurrentMap<String, Object> context) {
    if (context.get(OBSERVATION) instanceof Observation observation) {
      boolean toClient = endPoint == context.get(CLIENT);
      (toClient ? observation.answered() : observation.sent()).add(buffer.remaining());
    }
    super.write(endPoint, buffer, callback, context);
  }

  @Override
  protected void onConnectFailure(
      Request request, Response response, Callback callback, Throwable failure) {
    Observation.of(request).failed(failure);
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    Response.writeError(request, response, callback, HttpStatus.BAD_GATEWAY_502);
  }
}
