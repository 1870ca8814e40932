package svasim.pcie.tlp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import svasim.layout.WordLayout;

/**
 * The fields of the 32-bit words of prefixes and headers, bit 31 being the first on the wire (PCI
 * Express Base 5.0, 2.2 and 10.2, as {@link Layout} has them).
 */
public final class HeaderLayout {
    private static final String BASE = "PCIe Base 2.2";
    private static final String ATS = "PCIe Base 10";

    private static final WordLayout PASID =
            WordLayout.of("PASID prefix", "PCIe Base 6.20")
                    .with("PASID", 19, 0, "address space of the request")
                    .with("Execute Requested", 22, "the device wants to execute")
                    .with("Privileged Mode Requested", 23, "asked by privileged software")
                    .with("Type", 31, 24, "91h: PASID prefix");

    private static final WordLayout OTHER_PREFIX =
            WordLayout.of("prefix", BASE).with("Type", 31, 24, "kind of prefix");

    private static final WordLayout FIRST =
            WordLayout.of("header, word 0", BASE)
                    .with("Length", 9, 0, "32-bit words of data, 0 for 1024")
                    .with("AT", 11, 10, "address type: 0 untranslated, 1 asks, 2 translated")
                    .with("No Snoop", 12, "caches need not be asked")
                    .with("Relaxed Ordering", 13, "may overtake writes")
                    .with("EP", 14, "poisoned data")
                    .with("TD", 15, "a digest follows")
                    .with("ID-based Ordering", 18, "ordered with its own requester only")
                    .with("T8", 19, "bit 8 of the tag")
                    .with("TC", 22, 20, "traffic class")
                    .with("T9", 23, "bit 9 of the tag")
                    .with("Type", 28, 24, "kind of packet")
                    .with("Fmt", 31, 29, "bit 0: long header, bit 1: with data");

    private static final WordLayout REQUEST =
            WordLayout.of("request header, word 1", BASE)
                    .with("First BE", 3, 0, "bytes of the first word that count")
                    .with("Last BE", 7, 4, "bytes of the last word that count")
                    .with("Tag", 15, 8, "names the request for its completion")
                    .with("Requester ID", 31, 16, "bus, device and function of the sender");

    private static final WordLayout MESSAGE =
            WordLayout.of("message header, word 1", BASE)
                    .with("Message Code", 7, 0, "what the message says")
                    .with("Tag", 15, 8, "of an Invalidate Request, its ITag")
                    .with("Requester ID", 31, 16, "bus, device and function of the sender");

    private static final WordLayout HIGH_ADDRESS =
            WordLayout.of("request header, high address", BASE)
                    .with("Address 63:32", 31, 0, "upper half of the address");

    private static final WordLayout LOW_ADDRESS =
            WordLayout.of("request header, low address", BASE)
                    .with("Address 31:2", 31, 2, "lower half of the address");

    private static final WordLayout TRANSLATION_ADDRESS =
            WordLayout.of("Translation Request, low address", ATS)
                    .with("NW", 0, "no write permission is wanted")
                    .with("Address 31:12", 31, 12, "page to translate");

    private static final WordLayout COMPLETER =
            WordLayout.of("completion header, word 1", BASE)
                    .with("Byte Count", 11, 0, "bytes still owed, 0 for 4096")
                    .with("Status", 15, 13, "0 success, 1 unsupported, 2 retry, 4 abort")
                    .with("Completer ID", 31, 16, "who answers");

    private static final WordLayout COMPLETION =
            WordLayout.of("completion header, word 2", BASE)
                    .with("Lower Address", 6, 0, "of the first byte of data")
                    .with("Tag", 15, 8, "of the request")
                    .with("Requester ID", 31, 16, "who asked");

    private static final WordLayout CONFIGURATION =
            WordLayout.of("configuration header, word 2", BASE)
                    .with("Register", 11, 2, "32-bit word of configuration space")
                    .with("Target", 31, 16, "function that is meant");

    private static final WordLayout BY_ID =
            WordLayout.of("message header, word 2", BASE)
                    .with("Target", 31, 16, "function that is meant");

    private static final WordLayout INVALIDATE_COMPLETION =
            WordLayout.of("Invalidate Completion, word 2", ATS)
                    .with("Completion Count", 2, 0, "completions in all, 0 for 8")
                    .with("Target", 31, 16, "translation agent that asked");

    private static final WordLayout ITAGS =
            WordLayout.of("Invalidate Completion, word 3", ATS)
                    .with("ITag Vector", 31, 0, "a bit for each ITag that is done");

    private static final WordLayout PAGE_HIGH =
            WordLayout.of("Page Request, word 2", ATS)
                    .with("Page Address 63:32", 31, 0, "upper half of the page's address");

    private static final WordLayout PAGE_LOW =
            WordLayout.of("Page Request, word 3", ATS)
                    .with("R", 0, "read access is wanted")
                    .with("W", 1, "write access is wanted")
                    .with("L", 2, "last request of the group")
                    .with("PRG Index", 11, 3, "number of the group")
                    .with("Page Address 31:12", 31, 12, "lower half of the page's address");

    private static final WordLayout GROUP_RESPONSE =
            WordLayout.of("PRG Response, word 2", ATS)
                    .with("PRG Index", 8, 0, "number of the group")
                    .with("Response Code", 15, 12, "0 success, 1 invalid request, 15 failure")
                    .with("Target", 31, 16, "function that asked");

    private static final WordLayout NOTHING = WordLayout.of("header, last word", BASE);

    private HeaderLayout() {}

    /**
     * A word of a packet.
     *
     * @param value unsigned, in 32 bits
     */
    public record Word(WordLayout layout, long value) {}

    /** Words of prefixes and header of an encoded packet, in their order on the wire. */
    public static List<Word> of(byte[] tlp) {
        ByteBuffer in = ByteBuffer.wrap(tlp);
        List<Word> words = new ArrayList<>();
        while ((in.get(in.position()) & Layout.PREFIX_MASK) == Layout.PREFIX) {
            boolean pasid = (in.get(in.position()) & 0xFF) == Layout.PASID_PREFIX;
            words.add(word(pasid ? PASID : OTHER_PREFIX, in));
        }
        Header header = new Header(in.getInt(in.position()));
        words.add(word(FIRST, in));
        int type = header.type();
        if (type == Layout.COMPLETION || type == Layout.LOCKED_COMPLETION) {
            words.add(word(COMPLETER, in));
            words.add(word(COMPLETION, in));
        } else if (type == Layout.CONFIGURATION_0 || type == Layout.CONFIGURATION_1) {
            words.add(word(REQUEST, in));
            words.add(word(CONFIGURATION, in));
        } else if ((type & ~Layout.ROUTE_MASK) == Layout.MESSAGE) {
            message(words, in, header);
        } else {
            words.add(word(REQUEST, in));
            if (header.isLong()) {
                words.add(word(HIGH_ADDRESS, in));
            }
            boolean asks = header.addressType() == AddressType.TRANSLATION_REQUEST;
            words.add(word(asks ? TRANSLATION_ADDRESS : LOW_ADDRESS, in));
        }
        return words;
    }

    private static void message(List<Word> words, ByteBuffer in, Header header) {
        Word second = word(MESSAGE, in);
        words.add(second);
        int code = (int) second.value() & Layout.CODE_MASK;
        boolean byId = (header.type() & Layout.ROUTE_MASK) == Layout.ROUTE_BY_ID;
        words.add(
                word(
                        switch (code) {
                            case Layout.PAGE_REQUEST -> PAGE_HIGH;
                            case Layout.GROUP_RESPONSE -> GROUP_RESPONSE;
                            case Layout.INVALIDATE_COMPLETION -> INVALIDATE_COMPLETION;
                            default -> byId ? BY_ID : NOTHING;
                        },
                        in));
        words.add(
                word(
                        switch (code) {
                            case Layout.PAGE_REQUEST -> PAGE_LOW;
                            case Layout.INVALIDATE_COMPLETION -> ITAGS;
                            default -> NOTHING;
                        },
                        in));
    }

    private static Word word(WordLayout layout, ByteBuffer in) {
        return new Word(layout, in.getInt() & 0xFFFF_FFFFL);
    }
}
