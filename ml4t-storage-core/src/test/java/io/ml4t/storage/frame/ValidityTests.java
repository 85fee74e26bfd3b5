package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTests {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 128, 129})
  void all_and_none_are_told_by_every_row(int size) {
    Validity none = Validity.allNull(size);

    assertThat(none.nullCount()).isEqualTo(size);
    assertThat(IntStream.range(0, size)).allMatch(none::isNull);
    assertThat(IntStream.range(0, size)).noneMatch(Validity.allValid(size)::isNull);
    boolean[] isNull = new boolean[size];
    assertThat(Validity.ofNulls(isNull)).isEqualTo(Validity.allValid(size));
    Arrays.fill(isNull, true);
    assertThat(Validity.ofNulls(isNull)).isEqualTo(none).hasSameHashCodeAs(none);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 62, 63, 64, 127, 128, 199})
  void a_single_null_is_found_wherever_it_is(int row) {
    boolean[] isNull = new boolean[200];
    isNull[row] = true;
    Validity validity = Validity.ofNulls(isNull);
    List<Integer> nulls = new ArrayList<>();
    validity.forEachNull(nulls::add);

    assertThat(nulls).containsExactly(row);
    assertThat(validity.firstNull()).isEqualTo(row);
    assertThat(validity.nullCount()).isEqualTo(1);
    assertThat(Validity.allValid(200).firstNull()).isEqualTo(-1);
  }

  @Test
  void a_column_without_nulls_has_no_bitmap() {
    assertThat(Validity.ofNulls(new boolean[100]).hasNulls()).isFalse();
    assertThat(Validity.ofNullBits(100, new long[2])).isEqualTo(Validity.allValid(100));
  }

  @Test
  void bits_must_fit_the_rows() {
    assertThat(Validity.ofNullBits(64, new long[] {-1}).nullCount()).isEqualTo(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Validity.ofNullBits(63, new long[] {-1}))
        .withMessageContaining("a bit beyond the rows is set");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Validity.ofNullBits(65, new long[1]))
        .withMessage("Cannot make validity of 65 rows from 1 words: expected 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Validity.ofNullBits(64, new long[2]));
  }
}
