"""The bot, without any chat platform."""
