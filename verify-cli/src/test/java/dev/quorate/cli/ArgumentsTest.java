package dev.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.quantity.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static final Syntax SYNTAX = Syntax.of("sew")
            .operands("CLOTH", 1, 2)
            .with(
                    Option.required("thread", "COLOUR"),
                    Option.optional("o", "FILE"),
                    Option.optional("wait", "SPAN"),
                    Option.repeated("button", "SIZE"),
                    Option.flag("fast"));

    private static Arguments read(String... words) throws RefusedException {
        return Arguments.read(SYNTAX, List.of(words));
    }

    @Test
    void optionsAndOperandsMayBeMixed() throws RefusedException {
        Arguments arguments =
                read("--thread=red", "a", "--button", "1", "--fast", "--button=2", "b", "-o", "out", "--wait", "2h");
        assertEquals("red", arguments.value("thread"));
        assertEquals(List.of("a", "b"), arguments.operands());
        assertEquals(List.of("1", "2"), arguments.all("button"));
        assertEquals(Optional.of("out"), arguments.optional("o"));
        assertEquals(Optional.of(Span.parse("2h")), arguments.optional("wait", Span::parse));
        assertTrue(arguments.has("fast"));
        assertFalse(arguments.has("json"));
    }

    @Test
    void twoDashesEndTheOptions() throws RefusedException {
        assertEquals(
                List.of("--fast", "--"),
                read("--thread", "red", "--", "--fast", "--").operands());
    }

    @Test
    void anEmptyValueIsAValue() throws RefusedException {
        assertEquals("", read("--thread=", "a").value("thread"));
    }

    @Test
    void helpNeedsNothingElse() throws RefusedException {
        assertTrue(read("--help").has("help"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                          | sew: needs --thread COLOUR",
                "--thread red               | sew: needs CLOTH",
                "--thread red a b c         | sew: \"c\" is one operand too many",
                "--thread red --thread b a  | sew: --thread is given twice",
                "a --thread                 | sew: --thread needs a value",
                "a --fast=yes --thread red  | sew: --fast takes no value",
                "a --thred red              | sew: --thred is not an option; did you mean --thread?",
                "a -x --thread red          | sew: -x is not an option",
                "a --threa --thread red     | sew: --threa is not an option",
            })
    void wrongUseIsOneSentence(String words, String sentence) {
        var refused = assertThrows(RefusedException.class, () -> read(words.split(" +")));
        assertTrue(refused.getMessage().startsWith(sentence), refused.getMessage());
        assertEquals(-1, refused.getMessage().indexOf('\n'));
    }

    @Test
    void aValueOfTheWrongFormNamesItsOption() throws RefusedException {
        Arguments arguments = read("a", "--thread", "red", "--wait", "soon");
        var refused = assertThrows(RefusedException.class, () -> arguments.optional("wait", Span::parse));
        assertEquals(
                "sew: --wait: must be a length of time like 90s, 20m, 2h or 90d, not \"soon\"", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "'',abc,3", "abc,abc,0", "abc,'',3", "verify,verfy,1"})
    void distanceIsLevenshteins(String a, String b, int distance) {
        assertEquals(distance, NearMiss.distance(a, b));
    }
}
