package dev.quorate.agent.protocol;

import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** A whole answer. */
record Answer(int status, HttpHeaders headers, byte[] body) {
    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The answer as an object, read by a shape. */
    <T> T read(Fields.Shape<T> shape) throws RefusedException {
        try {
            return shape.read(fields());
        } catch (MalformedException e) {
            throw new RefusedException("the coordinator's answer is not understood: " + e.getMessage());
        }
    }

    Fields fields() throws MalformedException {
        return Fields.of(JsonReader.read(body, body.length, "answer"), "answer");
    }
}
