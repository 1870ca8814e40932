package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

class TamperingTest {
    private static final Tlp READ =
            new Tlp.MemoryRead(
                    1, 2, 0x1000, 64, AddressType.UNTRANSLATED, null, Attributes.DEFAULT);
    private static final Tlp WRITE =
            new Tlp.MemoryWrite(
                    1, 0x1000, new byte[4], AddressType.UNTRANSLATED, null, Attributes.DEFAULT);

    private final List<Tlp> taken = new ArrayList<>();
    private final List<String> consequences = new ArrayList<>();
    private boolean refuses;
    private int asked;

    private final Tampering tampering =
            new Tampering(
                    (tlp, nowPs) -> {
                        if (!refuses) {
                            taken.add(tlp);
                        }
                        return !refuses;
                    },
                    new Tampering.Consequences() {
                        @Override
                        public void drop(Tlp tlp, DropReason reason) {
                            consequences.add("drop " + reason);
                        }

                        @Override
                        public void answer(Tlp request, CompletionStatus status, long nowPs) {
                            consequences.add("answer " + status);
                        }
                    });

    private Tampering.Strike always(Tampering.Effect effect) {
        return new Tampering.Strike() {
            @Override
            public Tampering.Effect effect() {
                return effect;
            }

            @Override
            public boolean hits(Tlp tlp) {
                asked++;
                return true;
            }
        };
    }

    @Test
    void shouldHandOnWhatNobodyStrikes() {
        assertTrue(tampering.offer(READ, 0));
        assertSame(READ, taken.get(0));
    }

    @Test
    void shouldAnswerARequestThatItRefuses() {
        tampering.add(always(Tampering.Effect.REFUSE));
        tampering.offer(READ, 0);

        assertEquals(
                List.of("drop UNSUPPORTED_REQUEST", "answer UNSUPPORTED_REQUEST"), consequences);
    }

    @Test
    void shouldNotAnswerAPostedRequest() {
        tampering.add(always(Tampering.Effect.ABORT));
        tampering.offer(WRITE, 0);

        assertEquals(List.of("drop COMPLETER_ABORT"), consequences);
    }

    @Test
    void shouldLoseWithoutATrace() {
        tampering.add(always(Tampering.Effect.LOSE));

        assertTrue(tampering.offer(READ, 0));
        assertEquals(List.of(), taken);
        assertEquals(List.of("drop LOST"), consequences);
    }

    @Test
    void shouldPoisonOnlyWhatHasData() {
        tampering.add(always(Tampering.Effect.POISON));
        tampering.offer(READ, 0);
        tampering.offer(WRITE, 0);

        assertFalse(taken.get(0).attributes().poisoned());
        assertTrue(taken.get(1).attributes().poisoned());
        assertEquals(1, asked, "a read is not counted");
    }

    @Test
    void shouldLookOnceAtAPacketThatTheReceiverRefusesAtFirst() {
        tampering.add(always(Tampering.Effect.POISON));
        refuses = true;
        assertFalse(tampering.offer(WRITE, 0));
        refuses = false;
        assertTrue(tampering.offer(WRITE, 1));

        assertEquals(1, asked);
    }
}
