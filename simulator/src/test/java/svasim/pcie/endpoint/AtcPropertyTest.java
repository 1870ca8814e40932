package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;
import svasim.stats.Statistics;

/** The ATC against a list of everything that was ever put in. */
class AtcPropertyTest {
    private static final int[] SHIFTS = {12, 14, 21};
    private static final int[] PASIDS = {PasidPrefix.NONE, 0, 7};

    private record Held(int pasid, boolean privileged, boolean global, long base, long entry) {
        boolean answers(int wanted, boolean wantedPrivileged, long address) {
            boolean same = pasid == wanted || global && wanted != PasidPrefix.NONE;
            return same && privileged == wantedPrivileged && covers(address);
        }

        boolean covers(long address) {
            return (address ^ base) >>> shift() == 0;
        }

        int shift() {
            return TranslationEntry.shift(entry);
        }
    }

    @Property(tries = 500, seed = "1")
    void shouldHoldWhatWasFilledAndNotInvalidated(
            @ForAll @Size(max = 60) List<@IntRange(max = 1 << 20) Integer> steps,
            @ForAll boolean streams) {
        AtcConfig.Index index = streams ? AtcConfig.Index.STREAM : AtcConfig.Index.PAGE;
        AtcConfig.FirstLevel first = new AtcConfig.FirstLevel(2, 256, null);
        AtcConfig config = new AtcConfig(1, 256, index, null, null, null, first);
        Atc atc = new Atc("atc", config, new Statistics());
        List<Held> model = new ArrayList<>();
        List<Held> everFilled = new ArrayList<>();
        for (int step : steps) {
            int pasid = PASIDS[(step >> 4) % PASIDS.length];
            boolean privileged = pasid != PasidPrefix.NONE && (step >> 6 & 1) != 0;
            long address = (step >> 7 & 0xF) * 0x1000L + (step >> 11 & 3) * 0x20_0000L;
            PasidPrefix prefix =
                    pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid, privileged, false);
            switch (step & 7) {
                case 0, 1, 2 -> {
                    boolean global = prefix != null && (step >> 14 & 7) == 0;
                    int shift = SHIFTS[(step >> 17) % SHIFTS.length];
                    fill(atc, model, prefix, address, entry(step, shift, global));
                    everFilled.add(model.get(model.size() - 1));
                }
                case 3, 4, 5 -> {
                    InvalidatedRange range = range(step, pasid, address);
                    int before = model.size();
                    forget(model, range);
                    forget(everFilled, range);
                    assertEquals(before - model.size(), atc.invalidate(range));
                }
                default -> {
                    long expected = expected(model, pasid, privileged, address);
                    long found = atc.findFirst(step, prefix, address);
                    assertTrue(found == Atc.MISS || isHeld(everFilled, found, address));
                    assertEquals(expected, atc.find(step, prefix, address));
                }
            }
        }
    }

    /** The first level may hold what was replaced in the common cache, but nothing invalidated. */
    private static boolean isHeld(List<Held> model, long entry, long address) {
        return model.stream().anyMatch(held -> held.entry == entry && held.covers(address));
    }

    private static long entry(int step, int shift, boolean global) {
        long flags = TranslationEntry.READ | (global ? TranslationEntry.GLOBAL : 0);
        return TranslationEntry.range((long) step << 24, shift) | flags;
    }

    private static void fill(
            Atc atc, List<Held> model, PasidPrefix prefix, long address, long entry) {
        int shift = TranslationEntry.shift(entry);
        boolean global = (entry & TranslationEntry.GLOBAL) != 0;
        int pasid = global ? 0 : PasidPrefix.number(prefix);
        boolean privileged = prefix != null && prefix.privileged();
        Held held = new Held(pasid, privileged, global, address & -1L << shift, entry);
        model.removeIf(
                h ->
                        h.pasid == pasid
                                && h.privileged == privileged
                                && h.global == global
                                && h.base == held.base
                                && h.shift() == shift);
        model.add(held);
        atc.fill(0, prefix, address, entry);
    }

    private static InvalidatedRange range(int step, int pasid, long address) {
        int shift =
                switch (step & 7) {
                    case 3 -> SHIFTS[step >> 17 & 1];
                    case 4 -> TranslationEntry.EVERYTHING;
                    default -> 14;
                };
        boolean global = (step & 7) == 5 && pasid != PasidPrefix.NONE;
        long base = shift >= TranslationEntry.EVERYTHING ? 0 : address & -1L << shift;
        return new InvalidatedRange(pasid, global, base, shift);
    }

    private static void forget(List<Held> held, InvalidatedRange range) {
        int pasid = range.pasid();
        held.removeIf(
                h -> {
                    boolean concerned =
                            h.pasid == pasid && !h.global
                                    || pasid != PasidPrefix.NONE
                                            && (h.global
                                                    || range.global()
                                                            && h.pasid != PasidPrefix.NONE);
                    int coarser = Math.max(range.shift(), h.shift());
                    boolean meets = coarser >= 64 || (h.base ^ range.base()) >>> coarser == 0;
                    return concerned && meets;
                });
    }

    /** Global entries first, then the smallest. */
    private static long expected(List<Held> model, int pasid, boolean privileged, long address) {
        Held best = null;
        for (Held held : model) {
            if (held.answers(pasid, privileged, address)
                    && (best == null
                            || held.global && !best.global
                            || held.global == best.global && held.shift() < best.shift())) {
                best = held;
            }
        }
        return best == null ? Atc.MISS : best.entry;
    }
}
