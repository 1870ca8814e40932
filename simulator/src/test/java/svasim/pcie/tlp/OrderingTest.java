package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.tlp.Ordering.MAY_PASS;
import static svasim.pcie.tlp.Ordering.MUST_BE_ABLE_TO_PASS;
import static svasim.pcie.tlp.Ordering.MUST_NOT_PASS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of the ordering table, strict, with RO and with IDO. */
class OrderingTest {
    private static final int OTHER = Packet.DEVICE + 1;

    /** Kinds of packets, with the attributes that the test wants. */
    private enum Row {
        POSTED,
        READ,
        WITH_DATA,
        COMPLETION;

        Tlp packet(int sender, PasidPrefix pasid, Attributes attributes) {
            byte[] data = new byte[4];
            AddressType plain = AddressType.UNTRANSLATED;
            return switch (this) {
                case POSTED -> new Tlp.MemoryWrite(sender, 0x1000, data, plain, pasid, attributes);
                case READ -> new Tlp.MemoryRead(sender, 1, 0x1000, 4, plain, pasid, attributes);
                case WITH_DATA ->
                        new Tlp.DeferrableWrite(sender, 1, 0x1000, data, plain, pasid, attributes);
                case COMPLETION ->
                        new Tlp.Completion(
                                sender,
                                Packet.AGENT,
                                sender,
                                CompletionStatus.SUCCESS,
                                4,
                                0,
                                data,
                                attributes);
            };
        }
    }

    private static Attributes attributes(boolean ido, boolean ro) {
        return new Attributes(0, ido, ro, false);
    }

    private static Ordering cell(Row later, Row earlier, Attributes attributes, int earlierSender) {
        return Ordering.of(
                later.packet(Packet.DEVICE, null, attributes),
                earlier.packet(earlierSender, null, Attributes.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "POSTED,     MUST_NOT_PASS, MUST_BE_ABLE_TO_PASS, MUST_BE_ABLE_TO_PASS, MAY_PASS",
        "READ,       MUST_NOT_PASS, MAY_PASS,             MAY_PASS,             MAY_PASS",
        "WITH_DATA,  MUST_NOT_PASS, MAY_PASS,             MAY_PASS,             MAY_PASS",
        "COMPLETION, MUST_NOT_PASS, MUST_BE_ABLE_TO_PASS, MUST_BE_ABLE_TO_PASS, MAY_PASS",
    })
    void shouldOrderStrictPackets(
            Row later, Ordering posted, Ordering read, Ordering withData, Ordering completion) {
        for (int sender : new int[] {Packet.DEVICE, OTHER}) {
            assertEquals(posted, cell(later, Row.POSTED, Attributes.DEFAULT, sender));
            assertEquals(read, cell(later, Row.READ, Attributes.DEFAULT, sender));
            assertEquals(withData, cell(later, Row.WITH_DATA, Attributes.DEFAULT, sender));
        }
        assertEquals(completion, cell(later, Row.COMPLETION, Attributes.DEFAULT, OTHER));
    }

    @ParameterizedTest
    @CsvSource({
        "POSTED, MAY_PASS",
        "READ, MUST_NOT_PASS",
        "WITH_DATA, MAY_PASS",
        "COMPLETION, MAY_PASS",
    })
    void shouldLetRelaxedPacketsPassPostedOnesButNoRead(Row later, Ordering expected) {
        assertEquals(expected, cell(later, Row.POSTED, attributes(false, true), Packet.DEVICE));
    }

    @ParameterizedTest
    @CsvSource({"POSTED", "READ", "WITH_DATA", "COMPLETION"})
    void shouldLetPacketsOfOtherStreamsPassWithIdBasedOrdering(Row later) {
        Attributes ido = attributes(true, false);

        assertEquals(MUST_NOT_PASS, cell(later, Row.POSTED, ido, Packet.DEVICE));
        assertEquals(MAY_PASS, cell(later, Row.POSTED, ido, OTHER));
    }

    @Test
    void shouldTellStreamsOfOneFunctionApartByPasid() {
        Attributes ido = attributes(true, false);
        Tlp five = Row.POSTED.packet(Packet.DEVICE, new PasidPrefix(5), ido);
        Tlp six = Row.POSTED.packet(Packet.DEVICE, new PasidPrefix(6), ido);
        Tlp none = Row.POSTED.packet(Packet.DEVICE, null, ido);

        assertTrue(Ordering.mayPass(five, six));
        assertFalse(Ordering.mayPass(five, five));
        assertFalse(Ordering.mayPass(five, none), "both have to have a PASID");
        assertFalse(Ordering.mayPass(none, six));
    }

    @Test
    void shouldLookAtTheAttributesOfTheLaterPacketOnly() {
        Tlp relaxed = Row.POSTED.packet(Packet.DEVICE, null, attributes(true, true));
        Tlp strict = Row.POSTED.packet(OTHER, null, Attributes.DEFAULT);

        assertFalse(Ordering.mayPass(strict, relaxed));
    }

    @Test
    void shouldKeepThePiecesOfOneAnswerInOrder() {
        Tlp piece = Packet.completion(7, 64);

        assertEquals(MUST_NOT_PASS, Ordering.of(piece, Packet.completion(7, 64)));
        assertEquals(MAY_PASS, Ordering.of(piece, Packet.completion(8, 64)));
    }

    @Test
    void shouldNotOrderDifferentTrafficClasses() {
        Tlp other = Row.READ.packet(Packet.DEVICE, null, new Attributes(3, false, false, false));

        assertEquals(MAY_PASS, Ordering.of(other, Packet.write(0x1000, 1)));
    }

    @Test
    void shouldKeepAnInvalidateCompletionBehindWrites() {
        Tlp completion =
                new Tlp.InvalidateCompletion(Packet.DEVICE, Packet.AGENT, 1, 1, Attributes.DEFAULT);

        assertEquals(MUST_NOT_PASS, Ordering.of(completion, Packet.write(0x1000, 1)));
        assertEquals(MUST_BE_ABLE_TO_PASS, Ordering.of(completion, Packet.translation(1, 0x1000)));
    }
}
