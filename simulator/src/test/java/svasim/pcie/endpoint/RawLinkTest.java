package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RID;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** A link for hardware that keeps no rules. */
class RawLinkTest {
    private static final int TAG = 200;
    private static final int BYTES = 8;

    private final EndpointRig rig = new EndpointRig(new EndpointConfig()).mapped();

    private static Tlp read(int tag, PasidPrefix pasid, AddressType type, long address) {
        return new Tlp.MemoryRead(RID, tag, address, BYTES, type, pasid, Attributes.DEFAULT);
    }

    private static Tlp translated(int tag) {
        return read(tag, null, AddressType.TRANSLATED, PA);
    }

    private void send(Tlp tlp) {
        rig.function.raw().send(tlp, rig.kernel.nowPs());
    }

    private long completionsOf(int tag) {
        return rig.sent(Tlp.Completion.class).stream().filter(c -> c.tag() == tag).count();
    }

    @Test
    void shouldSendPrefixesAndTranslatedAddressesWhileBothAreOff() {
        send(read(TAG, new PasidPrefix(PASID), AddressType.UNTRANSLATED, VA));
        send(translated(TAG + 1));
        rig.run();

        List<Tlp.MemoryRead> reads = rig.sent(Tlp.MemoryRead.class);
        assertEquals(PASID, reads.get(0).pasid().pasid());
        assertEquals(AddressType.TRANSLATED, reads.get(1).addressType());
    }

    /** Requests by the rules keep to what is switched on. */
    @Test
    void shouldNotLoosenTheRulesOfTheDmaEngine() {
        send(translated(TAG));
        rig.read(PASID, VA, BYTES);
        rig.run();

        assertEquals(1, rig.sent(Tlp.MemoryRead.class).size());
        assertTrue(rig.lastStatus() != DmaStatus.OK);
    }

    @Test
    void shouldShowWhatArrivesToTheTapFirst() {
        List<Tlp> seen = new ArrayList<>();
        rig.function
                .raw()
                .tap(
                        (tlp, nowPs) -> {
                            seen.add(tlp);
                            return true;
                        });
        send(translated(TAG));
        rig.run();

        assertEquals(1, completionsOf(TAG));
        assertEquals(TAG, ((Tlp.Completion) seen.get(0)).tag());
        assertEquals(List.of(), rig.drops, "the function has not seen it");
    }

    @Test
    void shouldLeaveToTheFunctionWhatTheTapDoesNotTake() {
        rig.function.raw().tap((tlp, nowPs) -> false);
        send(translated(TAG));
        rig.run();

        assertEquals(List.of(DropReason.UNEXPECTED), rig.drops);
    }

    @Test
    void shouldLeaveEverythingToTheFunctionWithoutTap() {
        send(translated(TAG));
        rig.run();

        assertEquals(List.of(DropReason.UNEXPECTED), rig.drops);
    }

    @Test
    void shouldSendInOrderHoweverLongThePacketsHaveToWait() {
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            byte[] number = {(byte) (i >> 8), (byte) i, 0, 0};
            send(
                    new Tlp.MemoryWrite(
                            RID, PA, number, AddressType.TRANSLATED, null, Attributes.DEFAULT));
        }
        rig.run();

        List<Tlp.MemoryWrite> writes = rig.sent(Tlp.MemoryWrite.class);
        assertEquals(count, writes.size());
        for (int i = 0; i < count; i++) {
            byte[] data = writes.get(i).data();
            assertEquals(i, (data[0] & 0xFF) << 8 | data[1] & 0xFF);
        }
        assertTrue(rig.sentPs.get(count - 1) > rig.sentPs.get(0), "credits ran out");
    }

    @Test
    void shouldSendNothingFromAFunctionThatIsGone() {
        rig.function.removed(rig.kernel.nowPs());
        send(translated(TAG));
        rig.run();

        assertEquals(List.of(), rig.sent);
    }
}
