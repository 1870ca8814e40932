package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Wqcfg;

/** Which queue is served next. */
class ArbiterTest {
    private final Arbiter arbiter = new Arbiter();
    private long submitted;

    private WorkQueue queue(int index, int priority, int descriptors) {
        WorkQueue queue = new WorkQueue(index);
        Wqcfg registers = Configs.withPriority(priority).toRegisters();
        for (int offset = 0; offset < Wqcfg.BYTES; offset += Integer.BYTES) {
            queue.config().dword(offset, registers.dword(offset));
        }
        queue.state(QueueState.ENABLED);
        for (int i = 0; i < descriptors; i++) {
            queue.accept(0, ++submitted, Descriptor.builder(Opcode.NO_OP).build());
        }
        return queue;
    }

    private String order(int length, List<WorkQueue> queues) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < length; i++) {
            WorkQueue next = arbiter.next(queues, work -> true);
            next.take();
            order.append(next.index());
        }
        return order.toString();
    }

    /** Published ratio of two saturated queues with priorities 6 and 2: about 3 to 1. */
    @Test
    void shouldServeSaturatedQueuesInProportionToTheirPriorities() {
        List<WorkQueue> queues = List.of(queue(0, 6, 100), queue(1, 2, 100));

        String order = order(80, queues);

        assertEquals(20, order.chars().filter(c -> c == '1').count());
        assertEquals("00100010", order.substring(0, 8));
    }

    @Test
    void shouldTakeTurnsAmongEquals() {
        List<WorkQueue> queues = List.of(queue(0, 10, 9), queue(1, 10, 9), queue(2, 10, 9));

        assertEquals("012012012", order(9, queues));
    }

    @Test
    void shouldLetNobodySaveTurnsUp() {
        WorkQueue idle = queue(1, 15, 0);
        List<WorkQueue> queues = List.of(queue(0, 1, 100), idle);
        order(50, queues);
        idle.accept(0, 1000, Descriptor.builder(Opcode.NO_OP).build());

        assertEquals("10000", order(5, queues));
    }

    @Test
    void shouldFindNothingWhereNothingWaits() {
        assertNull(arbiter.next(List.of(queue(0, 1, 0)), work -> true));
    }
}
