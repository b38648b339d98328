"""What the bot does with each thing a person sends: parse, one service call, answer."""
