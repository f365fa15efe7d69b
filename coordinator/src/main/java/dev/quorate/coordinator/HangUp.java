package dev.quorate.coordinator;

import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which operators ask a server to read its files again. The JDK takes handlers only through {@code
 * sun.misc.Signal} (module jdk.unsupported), and warns of every mention of it, so it is found by name.
 */
final class HangUp {
    private HangUp() {}

    /** Runs an action at each SIGHUP; it must not block. */
    static void runs(Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                HangUp.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        case "toString" -> "SIGHUP";
                        default -> null;
                    };
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
    }
}
