package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.Tlp;

class FlowQueuesTest {
    private static final int POSTED_STUCK = 1 << FlowQueues.POSTED;
    private static final Attributes RELAXED = new Attributes(0, false, true, false);

    private final FlowQueues queues = new FlowQueues();

    private static Tlp completion(Attributes attributes) {
        Tlp.Completion plain = Packet.completion(1, 4);
        return new Tlp.Completion(
                plain.completerId(),
                plain.requesterId(),
                plain.tag(),
                plain.status(),
                plain.byteCount(),
                plain.lowerAddress(),
                plain.data(),
                attributes);
    }

    @Test
    void shouldSendTheOldestFirst() {
        queues.add(Packet.read(1, 0x1000, 4));
        queues.add(Packet.write(0x2000, 1));

        assertEquals(FlowQueues.NON_POSTED, queues.next(0));
    }

    @Test
    void shouldHoldAReadBehindAStuckWrite() {
        queues.add(Packet.write(0x2000, 1));
        queues.add(Packet.read(1, 0x1000, 4));

        assertEquals(FlowQueues.NONE, queues.next(POSTED_STUCK));
    }

    @Test
    void shouldLetAWritePassAStuckRead() {
        queues.add(Packet.read(1, 0x1000, 4));
        queues.add(Packet.write(0x2000, 1));

        assertEquals(FlowQueues.POSTED, queues.next(1 << FlowQueues.NON_POSTED));
    }

    @Test
    void shouldLetARelaxedCompletionPassAStuckWrite() {
        queues.add(Packet.write(0x2000, 1));
        queues.add(completion(RELAXED));

        assertEquals(FlowQueues.POSTED, queues.next(0), "not unless it has to");
        assertEquals(FlowQueues.COMPLETION, queues.next(POSTED_STUCK));
    }

    @Test
    void shouldHoldACompletionThatIsNotRelaxed() {
        queues.add(Packet.write(0x2000, 1));
        queues.add(completion(Attributes.DEFAULT));

        assertEquals(FlowQueues.NONE, queues.next(POSTED_STUCK));
    }

    @Test
    void shouldLetAStreamPassAnotherOnlyIfAllWritesBeforeItAreOfOthers() {
        Attributes ido = new Attributes(0, true, false, false);
        Tlp other = new Tlp.MemoryWrite(9, 0, new byte[4], AddressType.UNTRANSLATED, null, ido);
        Tlp read = new Tlp.MemoryRead(Packet.DEVICE, 1, 0, 4, AddressType.UNTRANSLATED, null, ido);
        queues.add(other);
        queues.add(read);
        assertEquals(FlowQueues.NON_POSTED, queues.next(POSTED_STUCK));

        FlowQueues more = new FlowQueues();
        more.add(other);
        more.add(Packet.write(0x2000, 1));
        more.add(read);
        assertEquals(FlowQueues.NONE, more.next(POSTED_STUCK));
    }
}
