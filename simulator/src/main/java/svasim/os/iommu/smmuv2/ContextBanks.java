package svasim.os.iommu.smmuv2;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import svasim.iommu.smmuv2.Features;

/** Which context banks are in use; the lowest free one that has the stage is taken. */
final class ContextBanks {
    private final Features has;
    private final ContextBank[] used;

    ContextBanks(Features has) {
        this.has = has;
        this.used = new ContextBank[has.contextBanks()];
    }

    /** Takes a bank with both stages for stage 1, or null if none is free. */
    ContextBank takeStage1() {
        return take(has.stage2OnlyBanks(), false);
    }

    /** Takes any bank for stage 2, or null if none is free. */
    ContextBank takeStage2() {
        return take(0, true);
    }

    private ContextBank take(int first, boolean ofStage2) {
        int number = first;
        while (number < used.length && used[number] != null) {
            number++;
        }
        if (number >= used.length || has.contextInterrupts() == 0) {
            return null;
        }
        used[number] = new ContextBank(number, number % has.contextInterrupts(), ofStage2);
        return used[number];
    }

    void free(ContextBank bank) {
        used[bank.number()] = null;
    }

    /** The bank in use with this number. */
    ContextBank get(int number) {
        return used[number];
    }

    /** Banks for stage 1 that nobody uses. */
    int freeStage1() {
        if (has.contextInterrupts() == 0) {
            return 0;
        }
        var ofStage1 = Arrays.stream(used).skip(has.stage2OnlyBanks());
        return (int) ofStage1.filter(Objects::isNull).count();
    }

    /** Banks in use that signal an interrupt, in the order of their numbers. */
    List<ContextBank> ofInterrupt(int index) {
        return Arrays.stream(used)
                .filter(bank -> bank != null && bank.interrupt() == index)
                .toList();
    }
}
