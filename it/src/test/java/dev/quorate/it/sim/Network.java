package dev.quorate.it.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries requests and replies: late, out of order, twice or never. */
final class Network {
    private static final int PATIENCE = 20_000;
    private final World world;
    private final Chance chance;
    private final Function<Request, Optional<Reply>> coordinator;
    private Weather weather;
    private long stillUntil;

    /** One in how many messages is lost or doubled, and how late one may be, in milliseconds. */
    record Weather(int lost, int doubled, int late) {
        static final Weather FAIR = new Weather(0, 0, 100);

        static Weather by(Chance chance) {
            return new Weather(
                    chance.of(List.of(0, 3, 10)),
                    chance.of(List.of(0, 3, 10)),
                    chance.of(List.of(100, 10_000, 90_000)));
        }
    }

    Network(World world, Chance chance, Function<Request, Optional<Reply>> coordinator, Weather weather) {
        this.world = world;
        this.chance = chance;
        this.coordinator = coordinator;
        this.weather = weather;
    }

    void weather(Weather next) {
        weather = next;
    }

    /** The coordinator stands still for so many milliseconds; what reaches it meanwhile waits. */
    void still(long milliseconds) {
        stillUntil = world.now() + milliseconds;
    }

    boolean isStill() {
        return world.now() < stillUntil;
    }

    /** Asks; the caller is told once, of the first reply or that none came in time. */
    void ask(Request request, Consumer<Optional<Reply>> then) {
        var once = new Once<>(then);
        carry(() -> deliver(request, reply -> carry(() -> once.accept(Optional.of(reply)))));
        world.after(PATIENCE, () -> once.accept(Optional.empty()));
    }

    /** Asks somebody else than the coordinator, likewise; who does not answer at all gives nothing. */
    <T> void call(Supplier<Optional<T>> other, long patience, Consumer<Optional<T>> then) {
        var once = new Once<>(then);
        carry(() -> other.get().ifPresent(answer -> carry(() -> once.accept(Optional.of(answer)))));
        world.after(patience, () -> once.accept(Optional.empty()));
    }

    private void deliver(Request request, Consumer<Reply> then) {
        if (isStill()) {
            world.after(stillUntil - world.now(), () -> deliver(request, then));
        } else {
            coordinator.apply(request).ifPresent(then);
        }
    }

    private void carry(Runnable message) {
        int copies = chance.oneIn(weather.lost) ? 0 : chance.oneIn(weather.doubled) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            world.after(1 + chance.below(chance.oneIn(4) ? weather.late : 50), message);
        }
    }

    private static final class Once<T> implements Consumer<Optional<T>> {
        private final Consumer<Optional<T>> then;
        private boolean done;

        Once(Consumer<Optional<T>> then) {
            this.then = then;
        }

        @Override
        public void accept(Optional<T> reply) {
            if (!done) {
                done = true;
                then.accept(reply);
            }
        }
    }
}
