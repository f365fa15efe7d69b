package dev.quorate.coordinator.http;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.coordinator.enrol.Enrolment;
import dev.quorate.coordinator.log.TileLog;
import java.util.List;
import java.util.stream.Stream;

/** The one table of what is served, and to whom. */
final class Routes {
    private Routes() {}

    static List<Route> of(
            Desk desk, BlobStore blobs, TileLog log, Enrolment enrolment, Admission admission, Metrics metrics) {
        return Stream.of(
                        new RoundRoutes(desk).routes(),
                        new LeaseRoutes(desk).routes(),
                        new EnrolRoutes(enrolment).routes(),
                        new HostRoutes(desk, admission).routes(),
                        new RebuilderRoutes(desk).routes(),
                        new BlobRoutes(blobs, desk).routes(),
                        new TrustRoutes(desk).routes(),
                        new PublicRoutes(desk, log, metrics).routes())
                .flatMap(List::stream)
                .toList();
    }
}
