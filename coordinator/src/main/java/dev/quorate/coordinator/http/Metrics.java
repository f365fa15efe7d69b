package dev.quorate.coordinator.http;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters in Prometheus' text form. Labels come from the route table, never from a request. */
final class Metrics {
    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();

    void count(Route route, int status) {
        String labels =
                "method=\"" + route.method() + "\",route=\"" + route.path() + "\",status=\"" + status / 100 + "xx\"";
        requests.computeIfAbsent(labels, l -> new LongAdder()).increment();
    }

    String text(Map<String, Long> gauges) {
        var text = new StringBuilder("# TYPE quorate_http_requests_total counter\n");
        requests.forEach((labels, count) -> text.append("quorate_http_requests_total{")
                .append(labels)
                .append("} ")
                .append(count.sum())
                .append('\n'));
        gauges.forEach((name, value) -> text.append("# TYPE quorate_")
                .append(name)
                .append(" gauge\nquorate_")
                .append(name)
                .append(' ')
                .append(value)
                .append('\n'));
        return text.toString();
    }
}
