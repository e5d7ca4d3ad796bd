package io.gradus.ingest;

import io.gradus.table.StaticCall;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * The zone of times that are delivered without one. A time that falls into a spring gap moves
 * forward by the gap, one that occurs twice in autumn is the earlier. Spark's {@code
 * to_utc_timestamp} gives the same by way of several objects for every row.
 */
public final class BusinessZone implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MICROS = 1_000_000;

  private final ZoneId zone;

  BusinessZone(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The instant of a local time.
   *
   * @param local a TIMESTAMP with the local time as if it were UTC
   */
  Column instant(Column local) {
    return StaticCall.of(
        BusinessZone.class, "instant", DataTypes.TimestampType, local, StaticCall.constant(this));
  }

  /** Local microseconds since 1970 to microseconds of UTC. */
  public static long instant(long local, BusinessZone zone) {
    long second = Math.floorDiv(local, MICROS);
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    int offset = zone.zone.getRules().getOffset(time).getTotalSeconds();
    return local - offset * MICROS;
  }
}
