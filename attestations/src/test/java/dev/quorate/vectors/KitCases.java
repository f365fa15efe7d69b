package dev.quorate.vectors;

import dev.quorate.fixture.RoundScript;
import dev.quorate.verify.RefusalCode;
import java.util.List;
import java.util.function.UnaryOperator;

/** Kits whose form is wrong: THREATS "Parsers". */
final class KitCases {
    private static final RoundScript SCRIPT = Rounds.certified();
    private static final String MEDIA = "\"mediaType\":";

    private KitCases() {}

    static List<Draft> all() {
        return List.of(
                Draft.of("kit_empty_refuse", SCRIPT, """
                        Missing input was accepted (CVE-2026-23992 go-tuf): no evidence is not good evidence.""").kit(new byte[0]).refused(RefusalCode.KIT_MALFORMED),
                kit(
                        "kit_cut_off_refuse",
                        "Trailing data, or its loss (THREATS, Parsers): the last newline is gone, so"
                                + "\nmore may be.",
                        text -> text.substring(0, text.length() - 1)),
                kit(
                        "kit_cut_in_a_line_refuse",
                        "Trailing data, or its loss (THREATS, Parsers): a download that ended\n" + "half-way.",
                        text -> text.substring(0, text.length() / 2)),
                kit(
                        "kit_with_a_blank_line_refuse",
                        "Trailing data (THREATS, Parsers): a line that holds nothing is no" + "\nbundle.",
                        text -> text + "\n"),
                kit(
                        "kit_with_trailing_data_refuse",
                        "Trailing data (THREATS, Parsers): a second value on a line.",
                        text -> text.replaceFirst("\n", "{}\n")),
                kit(
                        "kit_with_byte_order_mark_refuse",
                        "A byte order mark (THREATS, Parsers), which some readers skip" + "\nand some do not.",
                        text -> "\u00ef\u00bb\u00bf" + text),
                kit(
                        "kit_with_carriage_returns_refuse",
                        "One file, one form (go-tuf's and others' canonicalisation"
                                + " bugs):\na kit that was through a text editor is another file.",
                        text -> text.replace("\n", "\r\n")),
                kit(
                        "kit_with_spaces_refuse",
                        "One file, one form: every line is canonical JSON, so nothing can be"
                                + " hidden\nin how it is written.",
                        text -> text.replaceFirst(",\"mediaType\"", ", \"mediaType\"")),
                kit(
                        "kit_not_utf8_refuse",
                        "Invalid UTF-8 (THREATS, Parsers): readers replace it by different things.",
                        text -> text.replaceFirst(MEDIA, "\"m\u00ff\":0," + MEDIA)),
                kit(
                        "kit_with_overlong_utf8_refuse",
                        "Invalid UTF-8 (THREATS, Parsers): an overlong slash is not a" + " slash.",
                        text -> text.replaceFirst(MEDIA, "\"m\u00c0\u00af\":0," + MEDIA)),
                kit(
                        "kit_with_a_lone_surrogate_refuse",
                        "Invalid Unicode (THREATS, Parsers): half a character, which" + " has no UTF-8\nform.",
                        text -> text.replaceFirst(MEDIA, "\"m\\\\ud800\":0," + MEDIA)),
                kit(
                        "kit_with_a_duplicate_name_refuse",
                        "Duplicate JSON keys (THREATS, Parsers): of two values, readers" + "\ntake different ones.",
                        text -> text.replaceFirst(MEDIA, MEDIA + "\"x\"," + MEDIA)),
                kit(
                        "kit_with_an_unknown_name_refuse",
                        "What is not understood is not verified: bundles are read" + " strictly.",
                        text -> text.replaceFirst(MEDIA, "\"extra\":0," + MEDIA)),
                kit(
                        "kit_with_a_number_for_text_refuse",
                        "Type confusion (THREATS, Parsers): a log index that is a" + " number.",
                        text -> text.replaceFirst("\"logIndex\":\"0\"", "\"logIndex\":0")),
                kit(
                        "kit_with_an_object_for_a_list_refuse",
                        "Type confusion (THREATS, Parsers): signatures that are an" + "\nobject.",
                        text -> text.replaceFirst("\"signatures\":\\[(\\{[^}]*})]", "\"signatures\":$1")),
                kit(
                        "kit_with_null_for_an_object_refuse",
                        "Type confusion (THREATS, Parsers): null where an object" + "\nbelongs.",
                        text -> text.replaceFirst("\"publicKey\":\\{[^}]*}", "\"publicKey\":null")),
                kit(
                        "kit_line_is_no_object_refuse",
                        "Type confusion (THREATS, Parsers): a line that is a list.",
                        text -> "[]\n" + text),
                kit(
                        "kit_with_two_signatures_refuse",
                        "Counted signatures instead of principals (Connaisseur #2150): an"
                                + "\nenvelope holds exactly one.",
                        text -> text.replaceFirst("\"signatures\":\\[(\\{[^}]*})]", "\"signatures\":[$1,$1]")),
                kit(
                        "kit_without_signature_refuse",
                        "Missing input was accepted (CVE-2026-23992 go-tuf): an envelope" + "\nwithout a signature.",
                        text -> text.replaceFirst("\"signatures\":\\[[^]]*]", "\"signatures\":[]")),
                kit(
                        "kit_without_log_entry_refuse",
                        "Missing input was accepted: a bundle that is in no log.",
                        text -> text.replaceFirst("\"tlogEntries\":.*", "\"tlogEntries\":[]}}")),
                kit(
                        "kit_nested_deep_refuse",
                        "Depth (THREATS, Parsers): 65 levels, one more than is read.",
                        text -> text.replaceFirst(MEDIA, "\"m\":" + "[".repeat(64) + "]".repeat(64) + "," + MEDIA)),
                kit(
                        "kit_with_a_huge_exponent_refuse",
                        "1e999999999 (THREATS, Parsers): nine bytes for a billion" + " digits.",
                        text -> text.replaceFirst(MEDIA, "\"m\":1e999999999," + MEDIA)),
                kit(
                        "kit_with_an_inexact_number_refuse",
                        "Numbers beyond 2^53-1 (THREATS, Parsers) are other numbers to" + "\nother readers.",
                        text -> text.replaceFirst(MEDIA, "\"m\":9007199254740993," + MEDIA)),
                kit(
                        "kit_with_negative_zero_refuse",
                        "Numbers with two spellings (THREATS, Parsers): -0 is 0 to some.",
                        text -> text.replaceFirst(MEDIA, "\"m\":-0," + MEDIA)),
                kit(
                        "kit_with_terminal_escapes_refuse",
                        "ANSI escapes, newlines and RTL marks in names (THREATS,"
                                + " Parsers): a name\nthat would redraw the terminal of who reads the refusal.",
                        text -> text.replaceFirst(MEDIA, "\"m\\\\u001b[2J\\\\u202e\":0," + MEDIA)),
                kit(
                        "kit_with_unpadded_base64_refuse",
                        "One value, one spelling: base64 without its padding.",
                        text -> text.replaceFirst("=\"", "\"")),
                kit(
                        "kit_log_index_negative_refuse",
                        "Numbers (THREATS, Parsers): an index below zero.",
                        text -> text.replaceFirst("\"logIndex\":\"0\"", "\"logIndex\":\"-1\"")),
                kit(
                        "kit_log_index_said_twice_refuse",
                        "Type confusion (THREATS, Parsers): a bundle says its index" + " twice,\nand the two differ.",
                        text -> text.replaceFirst("\"logIndex\":\"0\"", "\"logIndex\":\"1\"")));
    }

    private static Draft kit(String name, String lesson, UnaryOperator<String> change) {
        return Draft.of(name, SCRIPT, lesson).beginning(2).kitText(change).refused(RefusalCode.KIT_MALFORMED);
    }
}
