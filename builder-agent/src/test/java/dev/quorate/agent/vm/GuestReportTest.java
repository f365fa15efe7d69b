package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestReportTest {
    private static final String ENDED =
            "quorate-guest 1\nended\nstatus 3\nexecuted yes\nkilled 0\ndisk 812\noutputs whole\n";

    private static GuestReport parse(String text) {
        return GuestReport.parse(Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), GuestReport.BYTES));
    }

    @Test
    void bothFormsAreRead() {
        assertEquals(new GuestReport.Running(), parse("quorate-guest 1\nrunning\n"));
        assertEquals(new GuestReport.Ended(3, true, 0, 812 << 10, true), parse(ENDED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorate-guest 1\n",
                "quorate-guest 2\nrunning\n",
                "quorate-guest 1\nrunning\nrunning\n",
                "quorate-guest 1\nended\nstatus 3\n",
                "quorate-guest 1\nended\nstatus -1\nexecuted yes\nkilled 0\ndisk 812\noutputs whole\n",
                "quorate-guest 1\nended\nstatus 3\nexecuted yes\nkilled 0\ndisk 99999999999999999999\noutputs whole\n",
                "quorate-guest 1\nended\nstatus 3\nexecuted yes\nkilled 0\ndisk 812\noutputs whole\nmore\n"
            })
    void anythingElseIsNoReport(String text) {
        assertEquals(new GuestReport.None(), parse(text));
    }

    @Test
    void aDiskFullOfAnythingIsNoReport() {
        byte[] all = new byte[GuestReport.BYTES];
        Arrays.fill(all, (byte) 0xff);
        assertEquals(new GuestReport.None(), GuestReport.parse(all));
    }
}
