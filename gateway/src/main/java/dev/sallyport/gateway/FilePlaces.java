package dev.sallyport.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.sallyport.gateway.arrival.Arrivals;
import dev.sallyport.gateway.certificate.ServerCertificate;
import dev.sallyport.gateway.ftp.DropWatch;
import dev.sallyport.gateway.ftp.FtpLinks;
import dev.sallyport.gateway.ftp.builtin.BuiltInServer;
import dev.sallyport.gateway.link.LinkServices;

/** The places where agents leave files, while the gateway is open. */
final class FilePlaces implements AutoCloseable {
  private final List<FtpLinks> links = new ArrayList<>();
  private final List<BuiltInServer> servers = new ArrayList<>();
  private final List<DropWatch> watches = new ArrayList<>();

  private FilePlaces() {
  }

  static FilePlaces open(List<FtpExchange> places, ServerCertificate certificate, Arrivals arrivals,
      LinkServices services) throws IOException {
    var open = new FilePlaces();
    try {
      for (FtpExchange place : places) {
        var links = new FtpLinks(arrivals, services, place.links());
        open.links.add(links);
        switch (place) {
          case FtpExchange.BuiltIn builtIn ->
            open.servers.add(BuiltInServer.start(builtIn, certificate, links, services.time(), services.threads()));
          case FtpExchange.Elsewhere elsewhere ->
            open.watches.add(DropWatch.start(elsewhere, links, services.time(), services.threads()));
        }
      }
      return open;
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  List<Integer> ports() {
    return servers.stream().map(BuiltInServer::port).toList();
  }

  void stopAccepting() {
    links.forEach(FtpLinks::stopAccepting);
  }

  /** What agents have not taken yet stays where it lies. */
  @Override
  public void close() {
    links.forEach(FtpLinks::close);
    watches.forEach(DropWatch::close);
    servers.forEach(BuiltInServer::close);
  }
}
