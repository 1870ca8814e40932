package svasim.replay;

import svasim.pcie.tlp.Tlp;

/** The lines that make something happen. */
final class Stimulus {
    private static final long PAGE_MASK = -1L << 12;

    private final Rig rig;

    Stimulus(Rig rig) {
        this.rig = rig;
    }

    /** {@code M PA VALUE}. */
    void memoryWrite(Line line) {
        rig.memory.writeLong(line.hex(1), line.hex(2));
    }

    /** {@code W OFFSET SIZE VALUE}. */
    void registerWrite(Line line) {
        rig.iommu.writeRegister(line.hex(1), line.number(2), line.hex(3));
        rig.settle();
    }

    /** {@code P RID PASID ADDR PRGI FLAGS}. */
    void pageRequest(Line line) {
        rig.send(
                new Tlp.PageRequest(
                        line.number(1),
                        line.hex(3) & PAGE_MASK,
                        line.number(4),
                        line.flag(5, 'l'),
                        line.flag(5, 'w'),
                        line.flag(5, 'r'),
                        line.prefix(2, 5)));
    }

    /** {@code K RID ITAGS CC}: the line stands for all completions that CC asks for. */
    void invalidateCompletion(Line line) {
        rig.complete(line.number(1), (int) line.hex(2), line.number(3));
    }
}
