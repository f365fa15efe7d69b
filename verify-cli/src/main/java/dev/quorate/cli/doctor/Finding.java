package dev.quorate.cli.doctor;

import dev.quorate.json.Json;

/**
 * One thing that a machine has or lacks.
 *
 * @param detail what was seen
 * @param remedy what to do about it; empty if there is nothing to do
 */
record Finding(String name, State state, String detail, String remedy) {
    /** How it is. */
    enum State {
        /** There, and works. */
        OK,
        /** Not there; something beside the main path will not work. */
        LIMITED,
        /** Not there; the main path does not work. */
        MISSING
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, "");
    }

    static Finding limited(String name, String detail, String remedy) {
        return new Finding(name, State.LIMITED, detail, remedy);
    }

    static Finding missing(String name, String detail, String remedy) {
        return new Finding(name, State.MISSING, detail, remedy);
    }

    Json.Obj json() {
        return Json.object()
                .put("name", name)
                .put("state", state.name())
                .put("detail", detail)
                .put("remedy", remedy)
                .build();
    }
}
