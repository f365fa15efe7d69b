package dev.quorate.mutation;

import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spoils one or two values of a JSON tree, so that what is written is good JSON of a wrong shape. */
final class TreeMutator {
    private static final List<Json> ODD = List.of(
            new Json.Null(),
            Json.bool(true),
            Json.num(0),
            Json.num(-1),
            Json.num(Json.MAX_INTEGER),
            Json.num(-Json.MAX_INTEGER),
            Json.num(1L << 32),
            Json.str(""),
            Json.str("\u0000"),
            Json.str("\u001b[2J\u202e"),
            Json.str("=".repeat(90)),
            Json.str("x".repeat(70_000)),
            Json.str("9".repeat(400)),
            Json.str("\n\n\u2014 a b\n"),
            Json.str("0000-00-00T00:00:00Z"),
            Json.arr(List.of()),
            Json.object().build());

    private final Random random;
    private final ByteMutator bytes;

    TreeMutator(Random random) {
        this.random = random;
        this.bytes = new ByteMutator(random);
    }

    Json mutate(Json golden) {
        Json once = descend(golden);
        return random.nextInt(3) == 0 ? descend(once) : once;
    }

    private Json descend(Json json) {
        return switch (json) {
            case Json.Obj object when !object.members().isEmpty() && random.nextInt(8) > 0 -> inside(object);
            case Json.Arr array when !array.items().isEmpty() && random.nextInt(8) > 0 -> inside(array);
            case Json.Str text when random.nextInt(3) > 0 -> spoiled(text);
            case Json.Num number
            when random.nextBoolean() -> Json.num((number.value() + random.nextInt(5) - 2) % Json.MAX_INTEGER);
            default -> ODD.get(random.nextInt(ODD.size()));
        };
    }

    private Json inside(Json.Obj object) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        List<String> names = List.copyOf(members.keySet());
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(10)) {
            case 0 -> members.remove(name);
            case 1 -> members.put(name + "\u202e", members.get(name));
            case 2 -> members.put(name, members.get(names.get(random.nextInt(names.size()))));
            default -> members.put(name, descend(members.get(name)));
        }
        return new Json.Obj(members);
    }

    private Json inside(Json.Arr array) {
        List<Json> items = new ArrayList<>(array.items());
        int at = random.nextInt(items.size());
        switch (random.nextInt(6)) {
            case 0 -> items.remove(at);
            case 1 -> items.add(items.get(at));
            default -> items.set(at, descend(items.get(at)));
        }
        return Json.arr(items);
    }

    private Json spoiled(Json.Str text) {
        byte[] spoiled = bytes.mutate(text.value().getBytes(StandardCharsets.UTF_8));
        return Json.str(new String(spoiled, StandardCharsets.UTF_8));
    }
}
