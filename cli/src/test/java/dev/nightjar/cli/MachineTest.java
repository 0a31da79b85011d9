package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MachineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "+05:45"})
  void theOffsetIsThatOfTheZoneAtTheTime(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(zone)));
    try {
      for (String time :
          new String[] {
            "2026-01-15T23:30:00Z",
            "2026-03-29T00:59:59Z",
            "2026-03-29T01:00:00Z",
            "2026-07-15T23:30:00Z",
            "2026-10-25T01:00:00Z"
          }) {
        Instant at = Instant.parse(time);

        assertThat(Machine.offset(at)).isEqualTo(ZoneId.of(zone).getRules().getOffset(at));
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
