package svasim.iommu.smmuv2;

import java.util.Map;
import java.util.Set;
import svasim.iommu.core.TestTables;
import svasim.iommu.core.UnitBench;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.paging.Granule;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.VmsaStage2;
import svasim.paging.VmsaStage2Format;
import svasim.pcie.tlp.PasidPrefix;

/** A unit with memory, registers and tables as a driver sets them up, and a device that asks. */
final class SmmuV2UnderTest {
    static final int STREAM = 0x3A2A;
    static final int BANK = 5;
    static final int SECOND_BANK = 6;
    static final int ASID = 0x51;
    static final int VMID = 7;
    static final long VA = 0x7F3A_5C6D_7000L;
    static final long PA = 0x2_3456_7000L;

    /** Memory ends here. */
    static final long MEMORY_END = 1L << 44;

    // Offsets of the global half.
    static final int SCR0 = 0x000;
    static final int SGFSR = 0x048;
    static final int SGFSYNR0 = 0x050;
    static final int SGFSYNR1 = 0x054;
    static final int TLBIVMID = 0x064;
    static final int TLBIALLNSNH = 0x068;
    static final int TLBGSYNC = 0x070;
    static final int TLBGSTATUS = 0x074;

    /** Translation on, unmatched streams fault, everything aborts and interrupts. */
    static final int CONTROL = 0x436;

    /** M, TRE, AFE, CFRE, CFIE. */
    static final int TERMINATE = 0x67;

    /** The same and CFCFG. */
    static final int STALL = TERMINATE | SystemControl.FAULT_STALLS;

    final PhysicalMemory memory = new PhysicalMemory(0, MEMORY_END);
    final UnitBench bench = new UnitBench(memory);
    final TestTables tables = new TestTables(memory);
    final SmmuV2Config config;
    final SmmuV2 smmu;
    private final Features features;

    SmmuV2UnderTest() {
        this(Map.of());
    }

    SmmuV2UnderTest(Map<String, Long> overrides) {
        this(SmmuV2Config.defaults().withFeatures(overrides));
    }

    SmmuV2UnderTest(SmmuV2Config config) {
        this.config = config;
        features = config.decoded();
        smmu = new SmmuV2(config, bench.surroundings());
        bench.connect(smmu);
        write(SCR0, CONTROL);
    }

    // Registers.

    void write(long offset, int value) {
        smmu.writeRegister(offset, Integer.BYTES, Integer.toUnsignedLong(value));
        bench.settle();
    }

    void write64(long offset, long value) {
        smmu.writeRegister(offset, Long.BYTES, value);
        bench.settle();
    }

    int register(long offset) {
        return (int) smmu.readRegister(offset, Integer.BYTES);
    }

    int bankRegister(int bank, int register) {
        return register(offset(bank, register));
    }

    long wideRegister(int bank, int register) {
        return smmu.readRegister(offset(bank, register), Long.BYTES);
    }

    void writeBank(int bank, int register, int value) {
        write(offset(bank, register), value);
    }

    /** Offset of a register of a context bank. */
    long offset(int bank, int register) {
        return ((long) features.halfPages() + bank << features.pageShift()) + register;
    }

    /** Offset of a register of a bank in the global half. */
    long attribute(int first, int bank) {
        return (1L << features.pageShift()) + first + 4L * bank;
    }

    /** CBAR. */
    void type(int bank, int type) {
        write(attribute(0, bank), type << 16 | VMID);
        write(attribute(0x800, bank), 1);
    }

    int faultStream(int bank) {
        return register(attribute(0x400, bank));
    }

    /** A group that matches one stream, and its S2CR. */
    void stream(int group, int streamId, int context) {
        write(GlobalRegister.SMR + 4L * group, 1 << 31 | streamId);
        write(GlobalRegister.S2CR + 4L * group, context);
    }

    // Banks.

    /** Stage 1 of 4 KiB tables and 48 bits in the low half. */
    void stage1Bank(int bank, long root, int asid, int control) {
        write64(offset(bank, BankRegister.TTBR0), (long) asid << 48 | root);
        writeBank(bank, BankRegister.TCR, 0x0080_3510);
        writeBank(bank, BankRegister.TCR2, 0x0003_8015);
        writeBank(bank, BankRegister.SCTLR, control);
    }

    /** Stage 2 of 4 KiB tables from level 1, of 39 bits. */
    void stage2Bank(int bank, long root, int control) {
        type(bank, BankAttributes.STAGE_2);
        write64(offset(bank, BankRegister.TTBR0), root);
        writeBank(bank, BankRegister.TCR, 5 << 16 | 1 << 6 | 25);
        writeBank(bank, BankRegister.SCTLR, control);
    }

    /** The stream's stage 1 in a bank of its own. */
    Stage mapped(int control) {
        Stage stage = stage1(newTable());
        type(BANK, BankAttributes.STAGE_1);
        stage1Bank(BANK, stage.root(), ASID, control);
        stream(0, STREAM, BANK);
        map(stage, VA, PA, Access.READ | Access.WRITE);
        return stage;
    }

    /** Has the bank use another one for stage 2, whose tables are returned. */
    Stage nested(int control) {
        Stage second = stage2(newTable());
        stage2Bank(SECOND_BANK, second.root(), control);
        write(attribute(0, BANK), BankAttributes.NESTED << 16 | SECOND_BANK << 8 | VMID);
        return second;
    }

    static Stage stage1(long root) {
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        return new VmsaStage1(format, VmsaSizes.ofStage1(format, 48, 48), root, Set.of());
    }

    static Stage stage2(long root) {
        var format = new VmsaStage2Format(Granule.KIB_4, false);
        var sizes = new VmsaSizes(39, VmsaFormat.level(1), 48);
        return new VmsaStage2(format, sizes, root, Set.of());
    }

    long newTable() {
        return tables.allocateTable(0, 1 << 12);
    }

    void map(Stage stage, long input, long output, int access) {
        new PageTableEditor(stage, tables).map(input, output, 12, access);
    }

    /** Address of the leaf that maps an input of a stage. */
    long leafAddress(Stage stage, long input) {
        long table = stage.root();
        int level = stage.startLevel();
        while (true) {
            long slot = table + 8 * (input >>> stage.format().shift(level) & 0x1FF);
            if (stage.format().leaf(memory.readLong(slot), level)) {
                return slot;
            }
            table = stage.format().address(memory.readLong(slot), level);
            level--;
        }
    }

    // A device.

    UnitBench.Outcome access(int streamId, long address, int access) {
        return bench.access(streamId, PasidPrefix.NONE, address, access);
    }

    UnitBench.Outcome read(long address) {
        return access(STREAM, address, Access.READ);
    }

    UnitBench.Outcome write(long address) {
        return access(STREAM, address, Access.WRITE);
    }

    /** A read whose outcome may be a long time coming. */
    int start(long address) {
        int token = bench.start(STREAM, PasidPrefix.NONE, address, Access.READ);
        bench.settle();
        return token;
    }
}
