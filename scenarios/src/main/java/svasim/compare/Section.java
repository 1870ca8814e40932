package svasim.compare;

import svasim.report.Times;

/** A part of the table in which machines stand side by side. */
enum Section {
    STATIONS("stations of the PASID") {
        @Override
        String text(Cell cell) {
            return Times.micros(cell.sum());
        }
    },
    STEPS("steps of software, and their time") {
        @Override
        String text(Cell cell) {
            return cell.count() + ", " + Times.micros(cell.sum());
        }
    },
    COMMANDS("commands of the IOMMU"),
    TLPS("TLPs, and their bytes on the wire") {
        @Override
        String text(Cell cell) {
            return cell.count() + ", " + cell.sum() + " B";
        }
    },
    FAULTS("faults"),
    TIME("time") {
        @Override
        String text(Cell cell) {
            return Times.micros(cell.sum());
        }
    };

    private final String title;

    Section(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What a person reads. */
    String text(Cell cell) {
        return Long.toString(cell.count());
    }

    /** Key of the sum in JSON, with its unit; null if the section only counts. */
    String unit() {
        return switch (this) {
            case STATIONS, STEPS, TIME -> "ps";
            case TLPS -> "bytes";
            case COMMANDS, FAULTS -> null;
        };
    }

    /** Whether rows that are alike on all machines are worth less than those that differ. */
    boolean folds() {
        return this == STEPS;
    }
}
