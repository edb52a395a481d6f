// The C API from C++: a program that knows no Python boots the model of Tern through libbedplate.so.

#include <gtest/gtest.h>

#include <string>

#include "bedplate.h"

namespace {

bool has(const char* text, const char* part) { return std::string(text).find(part) != std::string::npos; }

class Tern : public testing::Test {
protected:
    void SetUp() override {
        chip = bedplate_open("model:tern");
        ASSERT_GT(chip, 0) << bedplate_error(0);
    }
    void TearDown() override { bedplate_close(chip); }

    int chip = 0;
};

TEST_F(Tern, BootsAndReports) {
    ASSERT_TRUE(bedplate_call(chip, "up")) << bedplate_error(chip);
    EXPECT_TRUE(has(bedplate_text(chip), "\"schema\": \"bedplate.up/1\"")) << bedplate_text(chip);
    EXPECT_TRUE(has(bedplate_text(chip), "\"ok\": true"));

    ASSERT_TRUE(bedplate_call(chip, "status"));
    EXPECT_TRUE(has(bedplate_text(chip), "\"unreachable\": 0"));
}

TEST_F(Tern, ReadsAndWritesRegistersByName) {
    ASSERT_TRUE(bedplate_call(chip, "up")) << bedplate_error(chip);
    ASSERT_TRUE(bedplate_call(chip, "reg get die0.pll.sys.id"));
    EXPECT_EQ(bedplate_value(chip), 0x504C4C31u);
    ASSERT_TRUE(bedplate_call(chip, "reg set die0.pll.sys.ctrl.bypass=1")) << bedplate_error(chip);
    ASSERT_TRUE(bedplate_call(chip, "reg get die0.pll.sys.ctrl.bypass"));
    EXPECT_EQ(bedplate_value(chip), 1u);
}

TEST_F(Tern, RefusesWhatCannotBe) {
    EXPECT_FALSE(bedplate_call(chip, "reg get die0.pll.sis.ctrl"));
    EXPECT_TRUE(has(bedplate_error(chip), "unknown")) << bedplate_error(chip);
    EXPECT_TRUE(has(bedplate_text(chip), "\"ok\": false"));
    EXPECT_FALSE(bedplate_call(chip, "reg set die0.pll.sys.div.refdiv=64"));
    EXPECT_TRUE(has(bedplate_error(chip), "BP-ACC-003")) << bedplate_error(chip);
    EXPECT_EQ(bedplate_next(chip, 0, BEDPLATE_OK), BEDPLATE_FAILED);
}

TEST(Model, NamesTheFaultThatWasPlanted) {
    int chip = bedplate_open("model:tern?fault=die0.pll.hbm0:no_lock");
    ASSERT_GT(chip, 0) << bedplate_error(0);
    EXPECT_FALSE(bedplate_call(chip, "up"));
    EXPECT_TRUE(has(bedplate_error(chip), "die0.pll.hbm0")) << bedplate_error(chip);
    EXPECT_TRUE(has(bedplate_text(chip), "\"schema\": \"bedplate.up/1\""));
    bedplate_close(chip);
}

TEST(Open, SaysWhyItFailed) {
    EXPECT_EQ(bedplate_open("model:turn"), 0);
    EXPECT_TRUE(has(bedplate_error(0), "did you mean tern?")) << bedplate_error(0);
}

// The box of hw/tb/one_register.sv, as a bus that this program drives.
TEST(Bus, IsTheCallers) {
    int box = bedplate_open("sv:bedplate.env.rtl.one_register:OneRegister");
    ASSERT_GT(box, 0) << bedplate_error(0);
    ASSERT_TRUE(bedplate_start(box, "up"));
    unsigned ctrl = 0;
    unsigned long long now = 0;
    int op;
    while ((op = bedplate_next(box, now, BEDPLATE_OK)) > BEDPLATE_DONE) {
        if (op == BEDPLATE_READ) bedplate_put_word(box, 0, bedplate_address(box) == 0 ? 0x0BED0001 : ctrl);
        if (op == BEDPLATE_WRITE) ctrl = bedplate_word(box, 0) | 1u << 31;
        if (op == BEDPLATE_IDLE) now += bedplate_address(box);
    }
    EXPECT_EQ(op, BEDPLATE_DONE) << bedplate_error(box);
    EXPECT_EQ(ctrl, 0x80000001u);
    bedplate_close(box);
}

}  // namespace
